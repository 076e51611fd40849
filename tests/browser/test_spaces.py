"""Two people in the live space of a channel, in browsers of their own."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import HEARD, PageFor, composer, create_channel, go_to, something_new

# All steps are on their way to the server.
TOLD = """() => {
  const { x, y } = document.querySelector("maru-space").visit.unsaid;
  return x === 0 && y === 0;
}"""
# Where one stands, once the server agrees.
STANDS = """() => {
  const { me, myId, figures } = document.querySelector("maru-space").visit.world;
  const { id, x, y } = figures.get(myId).player;
  return Math.hypot(me.x - x, me.y - y) < 1 && { id, x, y };
}"""
SEES = """({ id, x, y }) => {
  const { figures } = document.querySelector("maru-space").visit.world;
  const shown = figures.get(id).at(performance.now());
  return Math.hypot(shown.x - x, shown.y - y) < 1;
}"""


def test_two_people_meet_in_the_space_of_a_channel(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    name = create_channel(alice)
    alice.get_by_role("link", name="Live space").click()
    expect(alice).to_have_url(re.compile(r"/c/\d+/space$"))
    expect(roll(alice).get_by_role("listitem")).to_have_count(1)
    expect(hall(alice)).to_be_focused()

    bob.goto(alice.url)
    for page in (alice, bob):
        expect(roll(page).get_by_role("listitem")).to_have_count(2)
    expect(alice.get_by_role("status").filter(has_text="Bob Hansen came in.")).to_be_attached()

    # Who looks is told of the whole house.
    expect(roll(bob)).to_contain_text(re.compile(r"\d+ people are in the house\. \d+ messages?"))

    # By the list, as somebody goes who does not see the hall.
    walk_away(alice, bob)
    person(bob, "Alice Kwon").click()
    for page, other in ((alice, "Bob Hansen"), (bob, "Alice Kwon")):
        expect(person(page, other)).to_contain_text("beside you")

    text = something_new("Tea?")
    composer(alice, f"#{name}").fill(text)
    composer(alice, f"#{name}").press("Enter")
    expect(composer(alice, f"#{name}")).to_have_value("")

    put_a_plant(alice)
    expect(bob.get_by_role("button", name="Arrange the room")).to_be_hidden()
    alice.get_by_role("link", name="Back to the messages").click()
    expect(alice.get_by_role("log", name="Messages")).to_contain_text(text)
    expect(roll(bob).get_by_role("listitem")).to_have_count(1)
    alice.go_back()
    expect(roll(bob).get_by_role("listitem")).to_have_count(2)
    person(bob, "Alice Kwon").click()
    bob.get_by_role("button", name="Talk with Alice Kwon").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Alice Kwon")
    expect(roll(alice).get_by_role("listitem")).to_have_count(1)
    go_to(bob, "general")


def put_a_plant(page: Page) -> None:
    page.get_by_role("button", name="Arrange the room").click()
    tools = page.get_by_role("toolbar", name="Arrange the room")
    tools.get_by_role("button", name="Plant").click()
    tools.get_by_role("button", name="Save").click()
    expect(tools).to_be_hidden()


def hall(page: Page) -> Locator:
    return page.get_by_role("application")


def roll(page: Page) -> Locator:
    return page.get_by_role("region", name="Who is here")


def person(page: Page, name: str) -> Locator:
    return roll(page).get_by_role("button", name=name)


def walk_away(alice: Page, bob: Page) -> None:
    """As far as Bob sees; and what he sees is where she has come to stand."""
    hall(alice).focus()
    alice.keyboard.down("ArrowUp")
    expect(person(bob, "Alice Kwon")).to_contain_text("to the back")
    alice.keyboard.up("ArrowUp")
    alice.wait_for_function(TOLD)
    alice.evaluate(HEARD)
    stood = alice.wait_for_function(STANDS)
    bob.wait_for_function(SEES, arg=stood.json_value())
