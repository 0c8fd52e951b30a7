"""The two looks: complete, readable, and turned into a style sheet that Qt understands."""

from __future__ import annotations

import re

import pytest

from desktop.theme import Theme, dark, light, mono_font, stylesheet, theme_for, ui_font

BOTH = [light(), dark()]


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", BOTH, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "background"),
        ("text", "surface"),
        ("text", "surface_raised"),
        ("text", "accent_soft"),
        ("text", "warning_soft"),
        ("text", "danger_soft"),
        ("text_muted", "background"),
        ("text_muted", "surface"),
        ("text_muted", "surface_raised"),
        ("text_muted", "surface_hover"),
        ("text_muted", "code_background"),
        ("accent", "background"),
        ("accent", "accent_soft"),
        ("accent_text", "accent"),
        ("accent_text", "accent_hover"),
        ("highlight_text", "highlight"),
        ("danger", "surface"),
        ("success", "surface"),
        ("warning", "background"),
        ("warning", "warning_soft"),
        ("danger", "danger_soft"),
        ("success", "success_soft"),
    ],
)
def test_text_is_readable_on_its_ground(theme: Theme, ink: str, ground: str) -> None:
    assert _contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", BOTH, ids=lambda theme: theme.name)
def test_the_style_sheet_leaves_no_token_open(theme: Theme) -> None:
    sheet = stylesheet(theme)
    assert theme.accent in sheet
    assert not re.search(r"[{]\w+[}]", sheet)
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.usefixtures("qapp")
def test_a_choice_wins_over_the_system() -> None:
    assert theme_for("dark") == dark()
    assert theme_for("light") == light()
    assert theme_for("system") in BOTH


@pytest.mark.usefixtures("qapp")
def test_fonts_carry_fallbacks_for_chinese() -> None:
    assert len(ui_font(light()).families()) > 2
    assert mono_font(light()).fixedPitch()
    assert ui_font(light(), 20, bold=True).pixelSize() == 20
