"""The 150 hotels of the ``deals`` family.

Planted: 12 names belong to two hotels each, in different cities; for one of them even the city has
the same name (Victoria, in Canada and in the Seychelles), so only (name, city, country) is a key.
The phone is a key as well. The star rating is no property of the hotel: 40 hotels have deals with
another rating than their usual one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_prep.content.families.framework import Draw

HOTELS = 150
NAMES_USED_TWICE = 12
HOTELS_WITH_VARYING_RATING = 40

#: city, country, ISO 3166 code, telephone codes of country and city, usual price level in percent
CITIES = (
    ("Amsterdam", "Netherlands", "NL", "31", "20", 135),
    ("Athens", "Greece", "GR", "30", "21", 85),
    ("Auckland", "New Zealand", "NZ", "64", "9", 115),
    ("Barcelona", "Spain", "ES", "34", "93", 115),
    ("Berlin", "Germany", "DE", "49", "30", 100),
    ("Bogotá", "Colombia", "CO", "57", "1", 60),
    ("Buenos Aires", "Argentina", "AR", "54", "11", 65),
    ("Cape Town", "South Africa", "ZA", "27", "21", 75),
    ("Copenhagen", "Denmark", "DK", "45", "33", 150),
    ("Dublin", "Ireland", "IE", "353", "1", 140),
    ("Edinburgh", "United Kingdom", "GB", "44", "131", 130),
    ("Hanoi", "Vietnam", "VN", "84", "24", 50),
    ("Helsinki", "Finland", "FI", "358", "9", 125),
    ("Istanbul", "Türkiye", "TR", "90", "212", 70),
    ("Kraków", "Poland", "PL", "48", "12", 65),
    ("Kyoto", "Japan", "JP", "81", "75", 120),
    ("Lima", "Peru", "PE", "51", "1", 60),
    ("Lisbon", "Portugal", "PT", "351", "21", 100),
    ("London", "United Kingdom", "GB", "44", "20", 165),
    ("Lyon", "France", "FR", "33", "4", 95),
    ("Marrakesh", "Morocco", "MA", "212", "524", 65),
    ("Melbourne", "Australia", "AU", "61", "3", 120),
    ("Mexico City", "Mexico", "MX", "52", "55", 70),
    ("Montréal", "Canada", "CA", "1", "514", 105),
    ("Mumbai", "India", "IN", "91", "22", 65),
    ("Nairobi", "Kenya", "KE", "254", "20", 70),
    ("Naples", "Italy", "IT", "39", "81", 90),
    ("Oslo", "Norway", "NO", "47", "22", 155),
    ("Paris", "France", "FR", "33", "1", 170),
    ("Prague", "Czechia", "CZ", "420", "2", 80),
    ("Rome", "Italy", "IT", "39", "6", 125),
    ("Singapore", "Singapore", "SG", "65", "6", 160),
    ("Swakopmund", "Namibia", "NA", "264", "64", 70),
    ("Tbilisi", "Georgia", "GE", "995", "32", 50),
    ("Vancouver", "Canada", "CA", "1", "604", 125),
    ("Victoria", "Canada", "CA", "1", "250", 115),
    ("Victoria", "Seychelles", "SC", "248", "4", 180),
    ("Vienna", "Austria", "AT", "43", "1", 115),
    ("Windhoek", "Namibia", "NA", "264", "61", 65),
    ("Zürich", "Switzerland", "CH", "41", "44", 190),
)

_FIRST = (
    "Amber",
    "Bay View",
    "Captain's",
    "Cedar",
    "Central",
    "Garden",
    "Golden Key",
    "Grand",
    "Harbour",
    "Hillside",
    "Lantern",
    "Linden",
    "Meridian",
    "Miller's",
    "North Star",
    "Old Town",
    "Orchard",
    "Park",
    "Riverside",
    "Royal",
    "Silver",
    "Station",
    "Sunrise",
    "Terrace",
    "Weaver's",
)
_SECOND = ("Hotel", "House", "Inn", "Lodge", "Palace", "Plaza", "Residence", "Rooms", "Suites")


@dataclass(frozen=True)
class Hotel:
    """One hotel; prices in whole units of money for a double room out of season."""

    name: str
    city: str
    country: str
    country_code: str
    #: international, as in the clean file: +43 1 5550107
    phone: str
    #: within the country, as in the dirty file: 015550107
    local_phone: str
    stars: int
    #: the rating that some of its deals show instead, or None
    other_stars: int | None
    base_price: int
    #: share of the deals, relative to other hotels
    weight: int


def make_hotels(draw: Draw) -> list[Hotel]:
    """Draw the hotels, in random order."""
    names = draw.sample([f"{a} {b}" for a in _FIRST for b in _SECOND], HOTELS - NAMES_USED_TWICE)
    places = _places(draw)
    varying = set(draw.sample(range(HOTELS), HOTELS_WITH_VARYING_RATING))
    hotels = []
    for number, (city, country, code, dial, area, level) in enumerate(places):
        # The last names are used a second time; _places keeps the two cities apart.
        name = names[number if number < len(names) else number - len(names)]
        stars = draw.weighted(((1, 5), (2, 15), (3, 40), (4, 30), (5, 10)))
        other = None
        if number in varying:
            up = stars < 5 and (stars == 1 or draw.chance(0.5))
            other = stars + 1 if up else stars - 1
        hotels.append(
            Hotel(
                name=name,
                city=city,
                country=country,
                country_code=code,
                phone=f"+{dial} {area} 555{number + 100:04d}",
                local_phone=f"0{area}555{number + 100:04d}",
                stars=stars,
                other_stars=other,
                base_price=(30 + 28 * stars + draw.below(40)) * level // 100,
                weight=draw.weighted(((20, 3), (60, 4), (100, 2), (200, 1))),
            )
        )
    return draw.sample(hotels, HOTELS)


def _places(draw: Draw) -> list[tuple[str, str, str, str, str, int]]:
    """One city for each hotel: hotel i and hotel i + 138 share a name, so never a city."""
    distinct = HOTELS - NAMES_USED_TWICE
    canada = next(place for place in CITIES if place[:2] == ("Victoria", "Canada"))
    seychelles = next(place for place in CITIES if place[:2] == ("Victoria", "Seychelles"))
    # Every city has a hotel; the first one is the Victoria in Canada.
    others = draw.sample([place for place in CITIES if place is not canada], len(CITIES) - 1)
    first = [canada, *others]
    first += [draw.pick(CITIES) for _ in range(distinct - len(first))]
    again = [
        draw.pick([place for place in CITIES if place[0] != first[number][0]])
        for number in range(1, NAMES_USED_TWICE)
    ]
    return [*first, seychelles, *again]
