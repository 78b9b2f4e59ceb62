"""Fills the templates; every page stands alone, without a script or another host."""

from __future__ import annotations

from typing import Any

from broadcaster.messages import tr


def page(template: str, **values: Any) -> str:
    """Give a page of HTML from `templates/<template>.html`."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("broadcaster.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(f"{template}.html").render(values, words=_words())


def _words() -> dict[str, str]:
    return {
        # The language code of the page: en, vi.
        "language": tr("en"),
        "airings": tr("Airings"),
        "figures": tr("Figures"),
        "signs": tr("Signs"),
        "strips": tr("On every strip of a day: above as planned, below as it was aired."),
        "nothing": tr("Nothing is planned in this time."),
        "when": tr("When"),
        "untimed": tr("At no time: refused"),
        "simulated": tr("Simulated time: nothing was heard or shown outside this machine."),
    }
