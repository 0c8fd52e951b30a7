"""`bytebrain bench`: the performance figures of this machine, as ratios where two things are compared in one run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from engine.benches.figures import Figure
from engine.cancellation import Cancellation
from engine.commandline import output
from engine.commandline.running import as_json_option, stop_on_interrupt


@click.command()
@click.argument("books", nargs=-1, metavar="[BOOK…]", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--window", is_flag=True, help="Only: time to a window that takes input, beside a ten-line window.")
@click.option("--chunks", type=click.IntRange(min=1000), metavar="N", help="Only: searching a made-up library of so many chunks.")
@as_json_option
def bench(books: tuple[Path, ...], window: bool, chunks: int | None, as_json: bool) -> None:
    """The performance figures of this machine, measured with these books (by default with the sample book) in a library of their own."""
    with stop_on_interrupt() as cancellation:
        figures = _measured(books, window, chunks, cancellation)
        if as_json:
            output.say_json({"figures": list(figures)})
            return
        for figure in figures:
            output.say(f"{figure.name:46s} {figure.value:10.2f} {figure.unit:10s} {figure.detail}")


def _measured(books: tuple[Path, ...], window: bool, chunks: int | None, cancellation: Cancellation) -> Iterable[Figure]:
    if window:
        from engine.benches.window import window_figures

        return window_figures()
    if chunks is not None:
        from engine.benches.searching import search_figures

        return search_figures(chunks, cancellation)
    from engine.benches.library import library_figures

    return library_figures(books, cancellation)
