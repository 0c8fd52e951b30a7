"""The style sheet of the conversation and the page view in the colours of a theme."""

from __future__ import annotations

from desktop.theme import Theme

_SHEET = """
#transcript, #transcriptPage {{ background: {background}; border: none; }}
#question {{ background: {surface_hover}; color: {text}; border-radius: 16px; padding: 10px 16px; font-size: {font_size_reading_px}px; }}
#placeholderTitle {{ font-size: {font_size_title_px}px; font-weight: 600; color: {text}; }}
#placeholderText {{ font-size: {font_size_reading_px}px; color: {text_muted}; }}
QLabel[role="state"] {{ color: {text_muted}; font-size: {font_size_small_px}px; }}
QLabel[role="sourcesHeading"] {{ color: {text_muted}; font-size: {font_size_small_px}px; font-weight: 600; }}
QLabel[role="note"] {{ color: {text_muted}; font-size: {font_size_small_px}px; background: {ground}; border-radius: {radius_small_px}px; padding: 7px 12px; }}
QLabel[role="beyond"] {{ color: {warning}; font-size: {font_size_small_px}px; font-weight: 600; border-left: 3px dotted {warning}; padding: 2px 10px; }}
QLabel[role="leftOut"] {{ color: {text_muted}; font-size: {font_size_small_px}px; padding-left: 22px; }}
QFrame#failed {{ background: {danger_soft}; border: none; border-radius: {radius_px}px; }}
QFrame#failed QLabel[role="sentence"] {{ color: {danger}; font-weight: 600; }}
QFrame#failed QLabel[role="remedy"] {{ color: {text}; }}
QFrame#refused {{ background: {ground}; border: 1px solid {border}; border-radius: {radius_px}px; }}
QFrame#refused QLabel[role="sentence"] {{ font-weight: 600; font-size: {font_size_reading_px}px; }}
QFrame#refused QLabel[role="remedy"] {{ color: {text_muted}; font-size: {font_size_px}px; }}
QFrame#ownAnswer {{ background: {accent_soft}; border: none; border-radius: {radius_px}px; }}
QFrame#ownAnswer QLabel[role="sentence"] {{ color: {text}; font-weight: 600; }}
QPushButton#source {{ background: {ground}; border: 1px solid {border}; border-radius: 13px; padding: 3px 12px; min-height: 18px;
  color: {text}; font-size: {font_size_small_px}px; text-align: left; }}
QPushButton#source:hover {{ background: {accent_soft}; border-color: {accent_soft}; color: {accent}; }}
QPushButton#source:focus {{ border-color: {accent}; }}
QPushButton#quiet {{ background: transparent; border: 1px solid transparent; border-radius: {radius_small_px}px; padding: 3px 10px 3px 2px; min-height: 18px;
  color: {text_muted}; font-size: {font_size_small_px}px; text-align: left; }}
QPushButton#quiet:hover {{ background: {surface_hover}; color: {text}; }}
QPushButton#quiet:focus {{ border-color: {accent}; }}
QPushButton#fold {{ background: transparent; border: 1px solid transparent; border-radius: {radius_small_px}px; padding: 2px 6px 2px 0; min-height: 18px;
  color: {text_muted}; font-size: {font_size_small_px}px; text-align: left; }}
QPushButton#fold:hover {{ color: {text}; }}
QPushButton#fold:focus {{ border-color: {accent}; }}
QFrame#composer {{ background: {surface_raised}; border: 1px solid {border_strong}; border-radius: 18px; }}
QFrame#composer[focused="true"] {{ border-color: {accent}; }}
QFrame#composer QPlainTextEdit {{ background: transparent; border: none; padding: 0; font-size: {font_size_reading_px}px; color: {text};
  selection-background-color: {accent}; selection-color: {accent_text}; }}
QPushButton#send {{ background: {accent}; border: 1px solid {accent}; border-radius: 16px; padding: 0; min-width: 30px; max-width: 30px;
  min-height: 30px; max-height: 30px; }}
QPushButton#send:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton#send:focus {{ border-color: {text}; }}
QPushButton#send:disabled {{ background: {surface_hover}; border-color: {surface_hover}; }}
QPushButton#latest {{ background: {surface_raised}; border: 1px solid {border_strong}; border-radius: 16px; padding: 0; min-width: 30px; max-width: 30px;
  min-height: 30px; max-height: 30px; }}
QPushButton#latest:hover {{ background: {surface_hover}; }}
QWidget#pageView {{ background: {surface}; }}
QWidget#pageHeader {{ background: {background}; border: none; border-bottom: 1px solid {border}; }}
QLabel#pageTitle {{ font-weight: 600; }}
QLabel#pageLabel {{ color: {text_muted}; font-size: {font_size_small_px}px; }}
QLabel#pageNotice {{ color: {text_muted}; font-size: {font_size_reading_px}px; }}
QScrollArea#pageScroll {{ background: {surface}; border: none; }}
QWidget#pageSheet {{ background: {surface}; }}
QPlainTextEdit#partText {{ background: {background}; border: none; border-radius: 0; padding: 0; color: {text}; font-family: {mono_family};
  font-size: 13px; selection-background-color: {accent}; selection-color: {accent_text}; }}
QPlainTextEdit#partText[reading="true"] {{ font-family: {font_family}; font-size: {font_size_reading_px}px; }}
"""


def ground(theme: Theme) -> str:
    """The colour of what lies on the reading surface: a shade darker on white, a shade lighter on graphite."""
    return theme.surface_raised if theme.is_dark else theme.surface


def chat_stylesheet(theme: Theme) -> str:
    """Rules for the widgets of the conversation and the page view; the application's own sheet covers the rest."""
    tokens = {name: getattr(theme, name) for name in Theme.__struct_fields__}
    return _SHEET.format(**tokens, font_family=theme.font_family, mono_family=theme.mono_family, ground=ground(theme))
