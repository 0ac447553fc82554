"""Work that takes longer than a page may be silent: it is done beside the request, and the page tells how far it is.

The page grows while the work goes on, and needs no script for that (docs/decisions/0025). The work runs in a thread
with a connection of its own: a reader who is slow, or has gone, neither holds it up nor breaks it off.
"""

import logging
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from tracker.errors import Refused
from tracker.sentences import figure

Tell = Callable[[int, int], None]
"""Is told how many rows are done, and of about how many."""
Does = Callable[[Tell], str]
"""Does the work, and returns a sentence that says what came of it."""
STEPS_HERE, END_HERE = "<!-- how far it is -->", "<!-- what came of it -->"
"""Where the page grows, and where it says what came of it."""
SILENCE = 5.0
"""Seconds after which something is sent in any case, so that nothing on the way gives the connection up."""
logger = logging.getLogger(__name__)


class Work:
    """A piece of work in a thread. ``steps`` yields how far it is until it has ended; then ``said`` or ``refusal``."""

    def __init__(self, does: Does) -> None:
        self.said = ""
        self.refusal: Refused | None = None
        self._does, self._language = does, get_language()
        self._steps: SimpleQueue[tuple[int, int] | None] = SimpleQueue()

    def steps(self) -> Iterator[tuple[int, int] | None]:
        """Start, and yield each step as it is told, or None where nothing was heard for a while."""
        thread = Thread(target=self._run, daemon=True)
        thread.start()
        while True:
            try:
                step = self._steps.get(timeout=SILENCE)
            except Empty:
                yield None
                continue
            if step is None:
                break
            yield step
        thread.join()

    def _run(self) -> None:
        try:
            with override(self._language):
                self.said = self._does(lambda done, total: self._steps.put((done, total)))
        except Refused as refusal:
            self.refusal = refusal
        except Exception:
            logger.exception("Work on a sheet failed")
            self.refusal = Refused("work_failed")
        finally:
            connections.close_all()
            self._steps.put(None)


def growing_page(request: HttpRequest, does: Does, context: dict[str, Any]) -> StreamingHttpResponse:
    """Return a page that tells how far the work is, and at its end what came of it, with the way on (``onward``)."""
    language = get_language()

    def parts() -> Iterator[str]:
        with override(language):
            page = render_to_string("admin/tracker/sheetimport/working.html", context, request)
        before, rest = page.split(STEPS_HERE)
        between, after = rest.split(END_HERE)
        yield before
        work = Work(does)
        for step in work.steps():
            yield _step(step, language) if step else " "
        with override(language):
            end = {**context, "said": work.said, "refusal": str(work.refusal) if work.refusal else ""}
            yield between + render_to_string("admin/tracker/sheetimport/worked.html", end)
        yield after

    return StreamingHttpResponse(parts(), headers={"X-Accel-Buffering": "no"})


def _step(step: tuple[int, int], language: str | None) -> str:
    done, total = step
    with override(language):
        facts = {
            "done": done,
            "total": total,
            "done_words": figure(done),
            "total_words": figure(round(total, -2) or total),
        }
        return render_to_string("admin/tracker/sheetimport/step.html", facts)
