"""The command `bytebrain settings`: the student's choices, seen and changed."""

from __future__ import annotations

import click

from engine import messages as m
from engine.commandline import output
from engine.commandline.running import as_json_option, brain_for
from engine.settings import understood, what_it_may_be
from engine.trouble import Trouble
from engine.values import Setting


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@as_json_option
@click.pass_context
def settings(context: click.Context, name: str | None, value: str | None, as_json: bool) -> None:
    """Your choices: all of them, one (NAME), or change one (NAME VALUE)."""
    with brain_for(context, "never") as brain:
        if name is not None and value is not None:
            chosen = brain.ask_once(m.ChangeSetting(name, understood(name, value)), m.Settings).settings
        else:
            chosen = brain.ask_once(m.ListSettings(), m.Settings).settings
    if name is not None:
        chosen = tuple(setting for setting in chosen if setting.name == name)
        if not chosen:
            raise Trouble("no-setting", f"There is no setting {name}.", "See them all with `bytebrain settings`.")
    if as_json:
        output.say_json({"settings": chosen})
        return
    for setting in chosen:
        output.say(f"{setting.name:18s} {shown(setting):8s} {setting.title} ({what_it_may_be(setting)}). {setting.help}")


def shown(setting: Setting) -> str:
    """The value as a person would type it."""
    return {True: "yes", False: "no"}[setting.value] if isinstance(setting.value, bool) else str(setting.value)
