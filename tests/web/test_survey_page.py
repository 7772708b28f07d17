"""The survey page: one question, one answer, a kind word for every link, and nothing for those who guess."""

import re
from datetime import timedelta

import pytest

from bot.demo.stage import Stage
from bot.web import guesses
from handlers.surveys.tokens import new_token
from storage.models import Survey
from storage.unit_of_work import UnitOfWork
from tests.web.conftest import Client

LONGEST = 16 * 1024


async def invited(stage: Stage, *, language: str = "en", lives: timedelta = timedelta(days=14)) -> tuple[str, int]:
    """Ann is invited; returns the path of her link and her invitation."""
    token, digest = new_token(stage.lobby.desk.secret)

    def act(unit: UnitOfWork) -> int:
        found = unit.people.find_by_account("memory", "fang")
        assert found is not None
        survey = Survey(
            site_id=stage.site_id,
            person_id=found[0].id,
            digest=digest,
            language=language,
            sent_at=unit.now,
            expires_at=unit.now + lives,
        )
        return unit.afterwards.add_survey(survey).id

    return f"/s/{token}", await stage.lobby.writer.run(act)


async def kept(stage: Stage, survey_id: int) -> tuple[int | None, str | None]:
    """What is on record."""

    def look(unit: UnitOfWork) -> tuple[int | None, str | None]:
        survey = unit.session.get_one(Survey, survey_id)
        return survey.score, survey.words

    return await stage.lobby.writer.read(look)


async def test_a_tenant_answers_once_and_is_thanked_every_time(stage: Stage, client: Client) -> None:
    path, survey_id = await invited(stage)
    page = await (await client.get(path)).text()
    assert page.index("Very satisfied") < page.index("Very dissatisfied")
    assert "Thank you" in await (await client.post(path, data={"score": "4", "words": "clean <b>lobby</b>"})).text()
    assert "Thank you" in await (await client.post(path, data={"score": "1"})).text()
    assert "Thank you" in await (await client.get(path)).text()
    assert await kept(stage, survey_id) == (4, "clean <b>lobby</b>")


async def test_the_page_speaks_the_language_of_the_invitation_until_the_reader_chooses_another(
    stage: Stage, client: Client
) -> None:
    path, _ = await invited(stage, language="zh_TW")
    page = await (await client.get(path)).text()
    assert 'lang="zh-Hant"' in page
    assert "非常滿意" in page
    assert "非常满意" in await (await client.get(f"{path}?language=zh_CN")).text()
    assert "Very satisfied" in await (await client.get(f"{path}?language=en")).text()
    assert "非常滿意" in await (await client.get(f"{path}?language=xx")).text()


async def test_an_answer_without_a_choice_is_asked_for_again_with_the_words_kept(stage: Stage, client: Client) -> None:
    path, survey_id = await invited(stage)
    for score in ("", "0", "6", "five", "٣"):
        answer = await client.post(path, data={"score": score, "words": '"><script>alert(1)</script>'})
        page = await answer.text()
        assert answer.status == 422
        assert "Please choose" in page
        assert "<script" not in page
        assert "&lt;script&gt;" in page
    assert await kept(stage, survey_id) == (None, None)


async def test_forged_unknown_and_expired_links_get_one_and_the_same_page(stage: Stage, client: Client) -> None:
    old, _ = await invited(stage, lives=timedelta(seconds=-1))
    unknown = f"/s/{new_token(stage.lobby.desk.secret)[0]}"
    forged = f"/s/{new_token('another secret')[0]}"
    pages = set()
    for path in (old, unknown, forged, "/s/x", "/s/%00", "/s/%F0%9F%94%91"):
        answer = await client.get(path, headers={"Accept-Language": "en"})
        assert answer.status == 404
        pages.add(re.sub(r"/s/[^?]*", "/s/…", await answer.text()))
        assert (await client.post(path, data={"score": "5"})).status == 404
    assert len(pages) == 1


async def test_who_guesses_too_often_is_told_to_wait_and_a_good_link_still_opens(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = await invited(stage)
    answers = [(await client.get(f"/s/guess{number}")).status for number in range(guesses.TRIES + 2)]
    assert answers == [404] * guesses.TRIES + [429] * 2
    assert (await client.get(path)).status == 200
    monkeypatch.setattr(guesses, "WINDOW_SECONDS", 0.0)
    assert (await client.get("/s/guess")).status == 404


async def test_a_long_body_is_refused_kindly_and_a_long_line_is_cut(stage: Stage, client: Client) -> None:
    path, survey_id = await invited(stage)
    answer = await client.post(path, data={"score": "5", "words": "x" * LONGEST})
    assert answer.status == 413
    assert "too long" in await answer.text()
    assert (await client.post(path, data={"score": "5", "words": "好\x00" * 1100})).status == 200
    _, words = await kept(stage, survey_id)
    assert words is not None
    assert len(words) == 1000
    assert "\x00" not in words


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"nothing of the sort"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n5\r\n--x--\r\n"),
        ("application/x-www-form-urlencoded; charset=klingon", b"score=5"),
        ("application/x-www-form-urlencoded", b"score=5&words=\xff\xfe"),
    ],
)
async def test_a_body_that_is_no_form_gets_a_kind_page(stage: Stage, client: Client, kind: str, body: bytes) -> None:
    path, survey_id = await invited(stage)
    answer = await client.post(path, data=body, headers={"Content-Type": kind, "Accept-Language": "en"})
    assert answer.status == 400
    assert "try again" in await answer.text()
    assert await kept(stage, survey_id) == (None, None)
    assert (await client.post("/s/guess", data=body, headers={"Content-Type": kind})).status == 404


async def test_every_page_is_private_unframed_and_without_scripts(stage: Stage, client: Client) -> None:
    path, _ = await invited(stage)
    for answer in (await client.get(path), await client.get("/s/x"), await client.get("/nowhere")):
        headers = answer.headers
        assert "script-src" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "<script" not in await answer.text()


async def test_a_closed_database_gives_a_kind_page_and_no_trace(stage: Stage, client: Client) -> None:
    path, _ = await invited(stage)
    stage.lobby.writer.close()
    answer = await client.post(path, data={"score": "5"})
    assert answer.status == 503
    assert "Traceback" not in await answer.text()
