"""One portable build of the native parts; a person's CMAKE_ARGS have the last word."""

from __future__ import annotations

from pathlib import Path

import native_wheels as wheels


def llama(environment: dict[str, str]) -> wheels.NativePart:
    return next(part for part in wheels.native_parts(environment) if part.distribution == "llama-cpp-python")


def cmake_args(environment: dict[str, str]) -> str:
    return dict(llama(environment).environment)["CMAKE_ARGS"]


def test_no_build_is_made_for_this_processor_only() -> None:
    assert "-DGGML_NATIVE=OFF" in cmake_args({})
    assert "-DGGML_CPU_ALL_VARIANTS=ON" in cmake_args({})
    hnswlib = next(part for part in wheels.native_parts({}) if part.distribution == "hnswlib")
    assert dict(hnswlib.environment)["HNSWLIB_NO_NATIVE"] == "1"


def test_what_a_person_gives_comes_after_ours() -> None:
    assert cmake_args({"CMAKE_ARGS": " -DGGML_CUDA=on -DGGML_NATIVE=ON "}).endswith("-DGGML_CUDA=on -DGGML_NATIVE=ON")


def test_empty_cmake_args_change_nothing() -> None:
    assert cmake_args({"CMAKE_ARGS": "  "}) == cmake_args({})


def test_other_cmake_args_are_another_build_and_more_jobs_are_not() -> None:
    plain = wheels.build_key(llama({}), "llama-cpp-python==0.3.36")
    assert wheels.build_key(llama({"CMAKE_ARGS": "-DGGML_CUDA=on"}), "llama-cpp-python==0.3.36") != plain
    assert wheels.build_key(llama({"CMAKE_BUILD_PARALLEL_LEVEL": "16"}), "llama-cpp-python==0.3.36") == plain
    assert wheels.build_key(llama({}), "llama-cpp-python==0.3.37") != plain


def test_a_kept_wheel_is_found_by_its_name(tmp_path: Path) -> None:
    assert wheels.kept_wheel(tmp_path, llama({})) is None
    (tmp_path / "hnswlib-0.8.0-cp311-cp311-linux_x86_64.whl").touch()
    wheel = tmp_path / "llama_cpp_python-0.3.36-py3-none-linux_x86_64.whl"
    wheel.touch()
    assert wheels.kept_wheel(tmp_path, llama({})) == wheel


def test_the_build_does_not_trust_a_cache_that_ignores_cmake_args() -> None:
    command = wheels.wheel_command(Path("python"), llama({}), "llama-cpp-python==0.3.36", Path("out"))
    assert "--no-cache-dir" in command
    assert command[-1] == "llama-cpp-python==0.3.36"
