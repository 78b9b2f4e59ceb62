"""What every command that edits does: show the difference, refuse or write."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.app import REFUSED, App, columns, data_json, pass_app, talk, tell
from broadcaster.errors import Problem, UserError
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from broadcaster.domain.station import Station
    from broadcaster.planning.expand import Seconds
    from broadcaster.station.edit import PlaylistText
    from broadcaster.station.edit_file import Original
    from broadcaster.station.edit_trial import Trial
    from broadcaster.station.textfile import Overrides


def edits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command --dry-run and --json, and an Editor for its first argument."""

    @click.option("--dry-run", is_flag=True, help=tr("Show what would change, and write nothing."))
    @click.option("--json", "as_json", is_flag=True, help=tr("Print the difference as JSON."))
    @pass_app
    @functools.wraps(command)
    def run(app: App, /, *args: Any, dry_run: bool, as_json: bool, **kwargs: Any) -> None:
        command(Editor(app, dry_run=dry_run, as_json=as_json), *args, **kwargs)

    return run


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How an edit ended."""

    trial: Trial
    changed: bool
    written: bool
    kept: tuple[str, ...] = ()
    """Where what was taken out lies now."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Edits the files of a station under the eye of `check`."""

    app: App
    dry_run: bool = field(default=False, kw_only=True)
    as_json: bool = field(default=False, kw_only=True)

    def playlist(self, id_: str) -> tuple[Original, PlaylistText]:
        """Open a playlist; raises UserError where it is missing or can't be edited."""
        from broadcaster.station.edit import PlaylistText

        original = playlist_file(self.app, id_)
        return original, PlaylistText(original.file, original.text)

    def today(self) -> date:
        """Give the station's day."""
        station, _ = self.app.station()
        return self.app.time.now().astimezone(station.timezone).date()

    def settle(self, original: Original, text: str, *, warn: bool = True, **facts: Any) -> None:
        """Show what a text changes, write it or exit 1; `facts` go into the JSON too."""
        verdict = self.attempt(original, text)
        self.tell(original.file, verdict, warn=warn, **facts)
        if verdict.trial.errors:
            click.get_current_context().exit(REFUSED)

    def discard(self, file: str, *beside: str, **facts: Any) -> None:
        """Show what a file's absence changes, put it and those beside it away, or exit 1."""
        from broadcaster.station.trash import discard

        found = self._tried({file: None})
        kept: tuple[str, ...] = ()
        if not (found.errors or self.dry_run):
            kept = discard(self.app.folder, (file, *beside))
        verdict = Verdict(trial=found, changed=True, written=bool(kept), kept=kept)
        self.tell(file, verdict, **facts, kept=kept)
        if found.errors:
            click.get_current_context().exit(REFUSED)

    def attempt(self, original: Original, text: str) -> Verdict:
        """Write a text where nothing speaks against it."""
        found = self._tried({original.file: text})
        changed = text != original.text or original.data is None
        written = changed and not found.errors and not self.dry_run
        if written:
            original.write(text)
        return Verdict(trial=found, changed=changed, written=written)

    def _tried(self, texts: Overrides) -> Trial:
        from broadcaster.station.edit_trial import trial
        from broadcaster.wiring.studio import preparer

        def measure(station: Station) -> Seconds:
            return preparer(station, self.app.time).seconds

        return trial(self.app.folder, texts, measure, _look, self.today())

    def tell(self, file: str, verdict: Verdict, *, warn: bool = True, **facts: Any) -> None:
        """Show the difference in the timetable, and what came of the edit."""
        found = verdict.trial
        if self.as_json:
            written = {"written": verdict.written}
            data_json({"file": file, **facts, **written, **_row(found)})
        else:
            _show(found)
        tell((*(found.warnings if warn else ()), *found.errors))
        _say(file, verdict)


def playlist_file(app: App, id_: str) -> Original:
    """Read a playlist's file; raises UserError, with a near id where there is one."""
    from broadcaster.station.edit_file import original

    return original(app.folder, existing(app, "playlists", id_, ".toml"))


def script_file(app: App, id_: str) -> Original:
    """Read a script's file; raises UserError, with a near id where there is one."""
    from broadcaster.station.edit_file import original

    return original(app.folder, existing(app, "scripts", id_, ".md"))


def _look(station: Station, texts: Overrides) -> Iterator[Problem]:
    from broadcaster.cli.unheard import bereft, unheard
    from broadcaster.cli.unlit import overfull, unlit
    from broadcaster.station.outdated import outdated

    yield from unlit(station, texts)
    yield from overfull(station, texts)
    yield from unheard(station)
    yield from bereft(station, texts)
    # A text has to be written before anybody can record it.
    yield from (replace(problem, level="warning") for problem in outdated(station, texts))


def _show(found: Trial) -> None:
    from broadcaster.cli.difference import difference_lines

    rows = difference_lines(found.difference)
    if rows:
        columns(rows)
    if rows and found.last:
        talk("looked at until {day}: it has no end", day=f"{found.last:%d/%m/%Y}")


def _say(file: str, verdict: Verdict) -> None:
    found = verdict.trial
    if not verdict.changed:
        talk("{file} says so already: nothing was written", file=file)
        return
    if not (found.difference.airings or found.difference.signs or found.errors):
        talk("the timetable stays as it is")
    for path in verdict.kept:
        talk("taken out and kept: {path}", path=path)
    if verdict.written and not verdict.kept:
        talk("written: {path}", path=file)
    elif not verdict.written:
        talk("nothing was written")


def _row(found: Trial) -> dict[str, Any]:
    from broadcaster.cli.difference import difference_row
    from broadcaster.cli.rows import problem_row

    problems = [problem_row(problem) for problem in (*found.errors, *found.warnings)]
    return {**difference_row(found.difference), "problems": problems}


def existing(app: App, inner: str, id_: str, suffix: str) -> str:
    """Name a file that is there; raises UserError, with a near id where there is one."""
    from broadcaster.station.folder import files_in, is_file, unlisted
    from broadcaster.station.ids import nearest

    file = f"{inner}/{id_}{suffix}"
    if is_file(app.folder / file):
        return file
    try:
        there = files_in(app.folder, inner, suffix, {})
    except OSError as error:
        raise UserError([unlisted(inner, error)]) from None
    known = [name.removeprefix(f"{inner}/").removesuffix(suffix) for name in there]
    raise UserError([Problem(file, None, "", msg("is missing"), nearest(id_, known))])
