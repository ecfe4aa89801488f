"""Light, dark and high-contrast colours. No meaning is carried by colour alone."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="horizon-dark",
    primary="#7aa2d6",
    secondary="#9fb4c7",
    accent="#e0af68",
    warning="#e0af68",
    error="#f28b82",
    success="#9ccc9c",
    foreground="#e6e9ee",
    background="#14181d",
    surface="#1b2027",
    panel="#242b34",
    dark=True,
    variables={"input-selection-background": "#2f4a6b"},
)

LIGHT = Theme(
    name="horizon-light",
    primary="#1d4f8c",
    secondary="#4a5b6c",
    accent="#6b3c00",
    warning="#8a4b00",
    error="#a3261b",
    success="#22612b",
    foreground="#16191d",
    background="#ffffff",
    surface="#f3f5f7",
    panel="#e6e8ea",
    dark=False,
)

CONTRAST = Theme(
    name="horizon-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ffb3b3",
    success="#a6ffa6",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
)

THEMES = (DARK, LIGHT, CONTRAST)

CHOICES = {
    "horizon-dark": "Dark",
    "horizon-light": "Light",
    "horizon-contrast": "High contrast",
    "ansi-dark": "The terminal's own 16 colours, dark",
    "ansi-light": "The terminal's own 16 colours, light",
}
"""Themes by the name people choose them by, in the settings and in the command list."""
