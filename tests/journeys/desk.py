"""A desk: one browser with one person in front of it, who opens pages, fills in forms and reads.

Buttons, links and sentences are named by their English original, whatever the language of the page: the desk
looks up what they are called there, so that a journey is told once for both languages.
"""

import re
from pathlib import Path
from urllib.parse import urlencode

from django.utils import translation
from django.utils.html import strip_tags
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

DEAD_LINKS = """() => [...document.querySelectorAll('main a[href^="#"]')].map(a => a.getAttribute('href'))
  .filter(href => !document.getElementById(decodeURIComponent(href.slice(1))))"""
FAULTS = re.compile("Content Security Policy|Uncaught", re.IGNORECASE)


class Desk:
    """One browser. page: the page that is open. address: where Krama is."""

    def __init__(self, context: BrowserContext, address: str, language: str):
        self.context, self.address, self.language = context, address, language
        self.page: Page = context.new_page()
        self.complaints: list[str] = []  # of the browser: broken scripts, refused styles
        self.answers: list[Response] = []  # of the server, pages only
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)

    @classmethod
    def open(cls, browser: Browser, address: str, patience: int, *, language: str = "en", width: int = 1280,
             javascript: bool = True) -> "Desk":  # fmt: skip
        """Open a fresh browser: language "en" or "km", width in pixels, with or without JavaScript."""
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript, base_url=address,
            locale="en-GB", timezone_id="Asia/Phnom_Penh", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(patience)
        context.set_default_navigation_timeout(4 * patience)  # speed is measured elsewhere (bench)
        desk = cls(context, address, language)
        if language != "en":
            context.add_cookies([{"name": "krama_language", "value": language, "url": address}])
        return desk

    def _heard(self, message) -> None:
        if message.type == "error" and FAULTS.search(message.text):
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self.answers.append(response)

    def take_session(self, key: str) -> None:
        """Be signed in by a session that was made without the sign-in page."""
        self.context.add_cookies([{"name": "krama_session", "value": key, "url": self.address}])

    # words

    def word(self, text: str, *, context: str = "", plural: str = "", n: int = 1, **values) -> str:
        """Give what an English original is called in this desk's language, without markup."""
        with translation.override(self.language):
            if plural:
                said = translation.ngettext(text, plural, n)
            elif context:
                said = translation.pgettext(context, text)
            else:
                said = translation.gettext(text)
        return " ".join(strip_tags(said % values if values else said).split())

    # going about

    def goes_to(self, path: str) -> int:
        """Open an address of Krama; gives the answer's status."""
        return self.page.goto(path, wait_until="domcontentloaded").status

    def follows(self, text: str, *, within: str = "main", **values) -> None:
        """Click the link that says this, also one that is drawn as a button."""
        name, main = self.word(text, **values), self.page.locator(within)
        link = main.get_by_role("link", name=name, exact=True).or_(
            main.locator("a[role=button]", has_text=name)
        )
        with self._next_page():
            link.first.click()

    def presses(self, text: str, *, within: str = "main", context: str = "") -> None:
        """Press the button that says this, and wait for the page that answers."""
        button = self.page.locator(within).get_by_role(
            "button", name=self.word(text, context=context), exact=True
        )
        with self._next_page():
            button.first.click()

    def loses_the_answer_to(self, text: str) -> None:
        """Press a button while the line breaks: Krama hears it, but the answer never arrives."""
        heard = []

        def break_line(route) -> None:
            heard.append(route.fetch(max_redirects=0).status)
            route.abort("aborted")  # the browser stays where it is

        self.page.route("**/*", break_line, times=1)
        self.page.locator("main").get_by_role("button", name=self.word(text), exact=True).click(
            no_wait_after=True
        )
        for _moment in range(200):
            if heard:
                break
            self.page.wait_for_timeout(50)
        assert heard == [302], f"the server answered {heard}"

    def _next_page(self):
        return self.page.expect_navigation(wait_until="domcontentloaded")

    def switches_to(self, language: str, its_name: str) -> None:
        """Change the language with the button in the head of the page, which is named in that language."""
        with self._next_page():
            self.page.locator("header").get_by_role("button", name=its_name).click()
        self.language = language

    # filling in

    def fills(self, **answers) -> None:
        """Answer fields by their names: text, a choice by its code, True for a check box, a list for several."""
        for name, answer in answers.items():
            self.answers_field(name, answer)

    def answers_field(self, name: str, answer) -> None:
        """Answer one field, whatever kind of control it is."""
        controls = self.page.locator(f'main [name="{name}"]')
        kind = controls.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if kind in ("radio", "checkbox"):
            if answer is True and controls.count() == 1:
                controls.check()
                return
            for code in answer if isinstance(answer, list) else [answer]:
                self.page.locator(f'main [name="{name}"][value="{code}"]').check()
        elif kind == "select":
            controls.select_option(str(answer))
        elif kind == "file":
            controls.set_input_files(answer)
        else:
            controls.fill(str(answer))

    def value_of(self, name: str) -> str:
        """Give what stands in a field; of a group, the code that is chosen."""
        controls = self.page.locator(f'main [name="{name}"]')
        chosen = self.page.locator(f'main [name="{name}"]:checked')
        if controls.first.get_attribute("type") in ("radio", "checkbox"):
            return chosen.first.get_attribute("value") if chosen.count() else ""
        return controls.first.input_value()

    def asks_for_rows(self) -> None:
        """Ask the grid for five more rows; without JavaScript the page comes back with them."""
        rows = self.page.locator("[data-k-grid-rows] > tr")
        before = rows.count()
        self.page.locator("main").get_by_role("button", name=self.word("Add rows")).click()
        expect(rows).to_have_count(before + 5)

    # reading

    @property
    def status(self) -> int:
        """The status of the page that is open."""
        return self.answers[-1].status

    @property
    def text(self) -> str:
        """All that stands on the page, blanks made single."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def where(self) -> str:
        """The path of the page that is open."""
        return self.page.url.removeprefix(self.address).partition("?")[0]

    @property
    def heading(self) -> str:
        """The page's heading."""
        return " ".join(self.page.locator("h1").first.inner_text().split())

    @property
    def problems(self) -> list[str]:
        """The lines of the error summary."""
        return self._lines(self.page.locator(".govuk-error-summary__list li"))

    @property
    def told(self) -> list[str]:
        """The messages on top of the page, as after an act."""
        return self._lines(self.page.locator("main .moj-alert__content"))

    @staticmethod
    def _lines(found: Locator) -> list[str]:
        return [" ".join(line.split()) for line in found.all_inner_texts()]

    def link_targets_missing(self) -> list[str]:
        """Give the addresses within the page, as in an error summary, that lead to nothing."""
        return self.page.evaluate(DEAD_LINKS)

    def sees(self, text: str, **values) -> bool:
        """Say whether this sentence stands on the page, in the page's language."""
        return self.word(text, **values) in self.text

    def must_see(self, text: str, **values) -> None:
        """Insist on it."""
        wanted = self.word(text, **values)
        assert wanted in self.text, f"{wanted!r} does not stand on {self.where}: {self.text[:1500]}"

    def records_listed(self, slug: str, **filters) -> tuple[int, int]:
        """Open the list of a kind of record; gives the number it names and the rows that it shows."""
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        if self.goes_to(f"/records/{slug}/?{query}") != 200:
            return -1, -1
        named = re.search(r"[\d,]+", self.page.locator(".k-count-line").inner_text()).group()
        return int(named.replace(",", "")), self.page.locator(".k-rows tbody tr").count()

    def asks_rest(self, path: str):
        """Ask the REST interface with this desk's session; gives (status, answer)."""
        answer = self.context.request.get(f"/api/v1/{path}")
        body = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        return answer.status, body

    def sends(self, path: str, data: dict, *, taken: bool = True):
        """Send a form's answers without painting its page, as this person; gives the answer.

        taken: insist that they are taken, which Krama says by leading on to another page.
        """
        token = self.page.locator('[name="csrfmiddlewaretoken"]').first.get_attribute("value")
        answer = self.context.request.post(
            path, data=urlencode({"csrfmiddlewaretoken": token, **data}, doseq=True), max_redirects=0,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": self.page.url},
        )  # fmt: skip
        if taken:
            assert answer.status == 302, f"{path} was answered with {answer.status}"
        return answer

    # leaving

    def keep_picture(self, path: Path) -> None:
        """Keep a picture of the page, for whoever looks into a failure."""
        self.page.screenshot(path=path, full_page=True)

    def close(self) -> None:
        """Close the browser, without being asked about unsent answers."""
        self.context.close()
