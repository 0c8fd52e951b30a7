"""The commands of `bytebrain models`: the shelf."""

from __future__ import annotations

from pathlib import Path

import click

from engine import messages as m
from engine.commandline import output
from engine.commandline.running import as_json_option, brain_for
from engine.home import Home
from engine.values import ModelRow


@click.group()
def models() -> None:
    """The shelf of models."""


@models.command("list")
@as_json_option
@click.pass_context
def models_list(context: click.Context, as_json: bool) -> None:
    """What stands on the shelf."""
    with brain_for(context, "never") as brain:
        rows = brain.ask_once(m.ListModels(), m.Models).models
    if as_json:
        output.say_json({"models": rows})
    else:
        for row in rows:
            output.say(model_line(row))


def model_line(row: ModelRow) -> str:
    """One model for people."""
    return f"{'*' if row.chosen else ' '} {row.name:32s} {row.kind:10s} {row.quantization or '':8s} {row.size_bytes / 1e6:8.0f} MB  {row.source}"


@models.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
@click.pass_context
def models_add(context: click.Context, file: Path, as_json: bool) -> None:
    """Check a GGUF file and put it on the shelf."""
    with brain_for(context, "required") as brain:
        row = brain.ask_once(m.AddModel(str(file.absolute())), m.ModelAdded).model
    if as_json:
        output.say_json({"model": row})
    else:
        output.say(f"Added {row.name}.")


@models.command("inspect")
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
@click.pass_context
def models_inspect(context: click.Context, file: Path, as_json: bool) -> None:
    """What a GGUF file is, and how much memory it needs."""
    from engine.shelving import inspect_model

    facts = inspect_model(Home.at(context.obj["home"]), file.absolute())
    if as_json:
        output.say_json(facts)
    else:
        for name, value in facts.items():
            output.say(f"{name.replace('_', ' '):24s} {value}")
