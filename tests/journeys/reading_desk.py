"""Reading pages of the desk as a worker does, over HTTP."""

import aiohttp


async def page_of(town, child, language):
    worker = await town.run.add_worker(f"Reader {child.id}", language=language)
    token = await town.run.staff.invite(worker.id)
    place = (await town.case_of(child)).line.id
    address = town.run.address
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        origin = {"Origin": address}
        async with http.post(f"{address}/desk/sign-in/{token}", headers=origin) as answer:
            assert answer.status == 200
        async with http.get(f"{address}/desk/cases/{place}") as answer:
            assert answer.status == 200
            return await answer.text()
