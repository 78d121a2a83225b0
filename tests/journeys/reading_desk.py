"""Reading pages of the desk as a worker does, over HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp

Fetch = Callable[..., Awaitable[str]]


@asynccontextmanager
async def signed_in(town, worker, *, browser: str = "") -> AsyncIterator[Fetch]:
    """Sign *worker* in; yields what fetches a page, or sends ``data`` and follows to one.

    *browser* is the language that the browser says it speaks.
    """
    address = town.run.address
    token = await town.run.staff.invite(worker.id)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:

        async def fetch(
            path: str,
            *,
            data: Mapping[str, str] | None = None,
            came_from: str = "/desk",
            status: int = 200,
        ) -> str:
            headers = {"Origin": address, "Referer": f"{address}{came_from}"}
            headers |= {"Accept-Language": browser} if browser else {}
            if came_from.startswith("http"):
                headers["Referer"] = came_from
            method = "GET" if data is None else "POST"
            async with http.request(
                method, f"{address}{path}", data=data, headers=headers
            ) as answer:
                assert answer.status == status
                return await answer.text()

        await fetch(f"/desk/sign-in/{token}", data={})
        yield fetch


def csrf_of(page: str) -> str:
    """The token that the forms of *page* are sent with."""
    return page.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]


def unmarked(page: str) -> str:
    """*page* without the marks, which may part what somebody wrote."""
    return page.replace("<mark>", "").replace("</mark>", "")


async def page_of(town, person, language: str) -> str:
    """The page of the case of *person*, as a worker who reads *language* sees it."""
    worker = await town.run.add_worker(f"Reader {person.id} {language}", language=language)
    case = (await town.case_of(person)).line.id
    async with signed_in(town, worker) as page:
        return await page(f"/desk/cases/{case}")
