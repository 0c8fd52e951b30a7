"""PyInstaller hook: chardet's wheel keeps its compiled half in a module beside the package, and its tables in data files."""

from importlib.metadata import files

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("chardet")
hiddenimports = [str(file).split(".", 1)[0] for file in files("chardet") or () if "__mypyc." in str(file)]
