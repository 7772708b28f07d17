"""Files that are made when they are sent, from what their outbox row says: pictures, in their reader's language."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.channels.channel import Media
from bot.delivery import media_of
from handlers.board.views import Filters
from handlers.notifications import Notification, unpack
from handlers.notifications.to_manager import DigestTrend, ReportFile
from handlers.reports.period import Reader, Report, report_of
from locales import Voice, voice
from storage.repositories.claims import Due
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind, Operation
from storage.writer import Writer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Make = Callable[[Writer, Notification, Voice], Awaitable[Media]]


async def file_of(writer: Writer, due: Due) -> Media | None:
    """What goes with a row: a file that was kept, or one that is made now; most have none."""
    make = MADE.get(due.notification)
    if make is None or due.operation is not Operation.SEND:
        return await media_of(writer, due)
    return await make(writer, unpack(due.notification, due.payload), voice(due.language, due.timezone or "UTC"))


async def _draw_trend(_: Writer, said: Notification, reader: Voice) -> Media:
    from bot.pictures import draw_trend  # Pillow: a tenth of a second that whoever has no digest need not wait for

    if not isinstance(said, DigestTrend):
        raise TypeError(type(said).__name__)
    content = await asyncio.to_thread(draw_trend, reader, said.first, said.received, said.finished)
    return Media(AttachmentKind.PHOTO, content, f"{said.first}.png", "image/png")


async def _print_report(writer: Writer, said: Notification, reader: Voice) -> Media:
    if not isinstance(said, ReportFile):
        raise TypeError(type(said).__name__)
    days = Filters(said.first, said.last)

    def count(unit: UnitOfWork) -> Report:
        return report_of(unit, unit.sites.get(said.site_id), days, Reader.MANAGERS)

    report = await writer.read(count)
    try:
        from bot.reports.paper import print_report as make

        suffix, media_type = "pdf", "application/pdf"
    except ImportError:  # without what prints, a workbook says the same
        from bot.reports.workbook import report_book as make

        suffix, media_type = "xlsx", XLSX
    content = await asyncio.to_thread(make, report, reader)
    return Media(AttachmentKind.DOCUMENT, content, f"lobby-{said.first}-{said.last}.{suffix}", media_type)


MADE: Mapping[str, Make] = {DigestTrend.__name__: _draw_trend, ReportFile.__name__: _print_report}
