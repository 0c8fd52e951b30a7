"""The commands that look after the library over the years: collections, watched folders, export and import."""

from __future__ import annotations

import click

from engine import messages as m
from engine.commandline import output
from engine.commandline.progress import TransferProgress
from engine.commandline.running import as_json_option, brain_for, must_be_named, stop_on_interrupt
from engine.commandline.studying import study_and_show
from engine.values import Collection, WatchedFolder


@click.group(invoke_without_command=True)
@as_json_option
@click.pass_context
def collections(context: click.Context, as_json: bool) -> None:
    """Named sets of documents; a document may be in several. Without a command: list them."""
    if context.invoked_subcommand is None:
        list_collections(context, as_json)


@collections.command("list")
@as_json_option
@click.pass_context
def collections_list(context: click.Context, as_json: bool) -> None:
    """Which collections there are, and what is in them."""
    list_collections(context, as_json)


def list_collections(context: click.Context, as_json: bool) -> None:
    """Print the collections."""
    with brain_for(context, "never") as brain:
        listed = brain.ask_once(m.ListCollections(), m.Collections).collections
        titles = {document.document: document.title for document in brain.documents()}
    show_collections(listed, as_json)
    if not as_json:
        for collection in listed:
            output.say(collection.name)
            for document in collection.documents:
                output.say(f"  {document[:8]}  {titles[document]}")


def show_collections(listed: tuple[Collection, ...], as_json: bool) -> None:
    """The collections for programs; for people only that there are none."""
    if as_json:
        output.say_json({"collections": listed})
    elif not listed:
        output.say("There are no collections. Make one with `bytebrain collections add NAME DOCUMENT…`.")


def change_collections(context: click.Context, request: m.Collect | m.Uncollect | m.RenameCollection | m.ForgetCollection, said: str, as_json: bool) -> None:
    """Do one change and say what is so now."""
    with brain_for(context, "required") as brain:
        listed = brain.ask_once(request, m.Collections).collections
    if as_json:
        output.say_json({"collections": listed})
    else:
        output.say(said)


@collections.command("add")
@click.argument("name")
@click.argument("references", nargs=-1, required=True, metavar="DOCUMENT…")
@as_json_option
@click.pass_context
def collections_add(context: click.Context, name: str, references: tuple[str, ...], as_json: bool) -> None:
    """Put documents into a collection; it is made if there is none of that name."""
    with brain_for(context, "never") as brain:
        documents = tuple(brain.resolve(reference) for reference in references)
    change_collections(context, m.Collect(documents, name), f"{len(documents)} added to {name}.", as_json)


@collections.command("remove")
@click.argument("name")
@click.argument("references", nargs=-1, required=True, metavar="DOCUMENT…")
@as_json_option
@click.pass_context
def collections_remove(context: click.Context, name: str, references: tuple[str, ...], as_json: bool) -> None:
    """Take documents out of a collection; they stay in the library."""
    with brain_for(context, "never") as brain:
        documents = tuple(brain.resolve(reference) for reference in references)
    change_collections(context, m.Uncollect(documents, name), f"{len(documents)} taken out of {name}.", as_json)


@collections.command("rename")
@click.argument("name")
@click.argument("new_name")
@as_json_option
@click.pass_context
def collections_rename(context: click.Context, name: str, new_name: str, as_json: bool) -> None:
    """Call a collection by another name; with the name of another one, both become one."""
    change_collections(context, m.RenameCollection(name, new_name), f"{name} is called {new_name} now.", as_json)


@collections.command("forget")
@click.argument("name")
@as_json_option
@click.pass_context
def collections_forget(context: click.Context, name: str, as_json: bool) -> None:
    """Forget a collection; its documents stay in the library."""
    change_collections(context, m.ForgetCollection(name), f"There is no collection {name} any more.", as_json)


@click.group(invoke_without_command=True)
@as_json_option
@click.pass_context
def watch(context: click.Context, as_json: bool) -> None:
    """Folders whose files are taken in as they come and change. Without a command: list them."""
    if context.invoked_subcommand is None:
        list_watched(context, as_json)


@watch.command("list")
@as_json_option
@click.pass_context
def watch_list(context: click.Context, as_json: bool) -> None:
    """Which folders are watched, and whether they could be looked through last time."""
    list_watched(context, as_json)


def list_watched(context: click.Context, as_json: bool) -> None:
    """Print the watched folders."""
    with brain_for(context, "never") as brain:
        show_watched(brain.ask_once(m.ListWatchedFolders(), m.WatchedFolders).folders, as_json)


def show_watched(folders: tuple[WatchedFolder, ...], as_json: bool) -> None:
    """The watched folders, for programs or people."""
    if as_json:
        output.say_json({"folders": folders})
        return
    if not folders:
        output.say("No folder is watched. Watch one with `bytebrain watch add FOLDER`.")
    for folder in folders:
        output.say(folder.path + (f" (into {folder.collection})" if folder.collection else ""))
        if folder.trouble:
            output.say(f"  {folder.trouble}")


@watch.command("add")
@click.argument("folder", callback=must_be_named)
@click.option("--collection", metavar="NAME", help="Put the folder's documents into this collection.")
@as_json_option
@click.pass_context
def watch_add(context: click.Context, folder: str, collection: str | None, as_json: bool) -> None:
    """Watch a folder, and take in what is in it now."""
    with brain_for(context, "required") as brain:
        brain.ask_once(m.WatchFolder(folder, collection), m.WatchedFolders)
        study_and_show(brain, m.LookForChanges(), as_json)


@watch.command("scan")
@as_json_option
@click.pass_context
def watch_scan(context: click.Context, as_json: bool) -> None:
    """Look through the watched folders now, and take in what is new or changed; prints as `add` does."""
    with brain_for(context, "required") as brain:
        study_and_show(brain, m.LookForChanges(), as_json)
        if not as_json:
            for watched in brain.ask_once(m.ListWatchedFolders(), m.WatchedFolders).folders:
                if watched.trouble:
                    output.say(watched.trouble)


@watch.command("remove")
@click.argument("folder", callback=must_be_named)
@as_json_option
@click.pass_context
def watch_remove(context: click.Context, folder: str, as_json: bool) -> None:
    """Watch a folder no longer; its documents stay in the library."""
    with brain_for(context, "required") as brain:
        folders = brain.ask_once(m.UnwatchFolder(folder), m.WatchedFolders).folders
    if as_json:
        output.say_json({"folders": folders})
    else:
        output.say(f"{folder} is watched no longer; its documents stay in the library.")


@click.command("export")
@click.argument("file", callback=must_be_named)
@as_json_option
@click.pass_context
def export_library(context: click.Context, file: str, as_json: bool) -> None:
    """Write the whole library into one file: documents, what was read of them, collections, conversations."""
    with brain_for(context, "never") as brain, stop_on_interrupt() as cancellation, TransferProgress("Writing", quiet=as_json) as progress:
        ending = progress.until(m.LibraryExported, brain.handle(m.ExportLibrary(file), cancellation))
    if as_json:
        output.say_json({"path": ending.path, "documents": ending.documents, "size_bytes": ending.size_bytes})
    else:
        output.say(f"{ending.documents} documents, {ending.size_bytes / 1e6:.1f} MB: {ending.path}")


@click.command("import")
@click.argument("file", callback=must_be_named)
@as_json_option
@click.pass_context
def import_library(context: click.Context, file: str, as_json: bool) -> None:
    """Take in what an export holds; what is there already stays as it is."""
    with brain_for(context, "required") as brain:
        with stop_on_interrupt() as cancellation, TransferProgress("Taking in", quiet=as_json) as progress:
            ending = progress.until(m.LibraryImported, brain.handle(m.ImportLibrary(file), cancellation))
        if as_json:
            output.say_json({"event": "imported", "documents": ending.documents, "unchanged": ending.unchanged})
        else:
            output.say(f"{ending.documents} documents came new, {ending.unchanged} were there.")
        unfinished = brain.unfinished()
        if unfinished:  # no vectors of this machine's embedder came along, or nothing but the file
            study_and_show(brain, m.Study((), documents=unfinished), as_json)
