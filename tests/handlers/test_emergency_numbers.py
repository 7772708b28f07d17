"""Whom people in danger are told to call, by country, by danger, and by what a site says of its own."""

import pytest
from phonenumbers.shortnumberinfo import is_emergency_number

from handlers.emergency_numbers import BY_COUNTRY, Service, general_number, list_missing, number_for
from handlers.understanding.perils import Peril
from storage.models import Site
from storage.vocabulary import Trade


def site(zone: str = "Asia/Shanghai", **own: str) -> Site:
    return Site(name="Garden", timezone=zone, language="en", **{"emergency_number": general_number(zone), **own})


@pytest.mark.parametrize("country", BY_COUNTRY)
def test_every_number_is_an_emergency_number_of_its_country(country: str) -> None:
    numbers = BY_COUNTRY[country]
    assert all(is_emergency_number(each, country) for each in numbers.values())


@pytest.mark.parametrize(
    ("zone", "hurt", "attack", "fire"),
    [
        ("Asia/Shanghai", "120", "110", "119"),
        ("Asia/Urumqi", "120", "110", "119"),
        ("Asia/Hong_Kong", "999", "999", "999"),
        ("Asia/Macau", "999", "999", "999"),
        ("Asia/Taipei", "119", "110", "119"),
        ("Asia/Singapore", "995", "999", "995"),
        ("Europe/Paris", "112", "112", "112"),
    ],
)
def test_each_danger_has_its_service(zone: str, hurt: str, attack: str, fire: str) -> None:
    here = site(zone)
    told = [number_for(here, Trade.SECURITY, peril) for peril in (Peril.HURT, Peril.ATTACK)]
    assert [*told, number_for(here, Trade.FIRE_SAFETY, Peril.FIRE)] == [hurt, attack, fire]
    assert list_missing(here) == []


def test_somebody_shocked_needs_the_ambulance_and_a_stuck_lift_the_firemen() -> None:
    here = site()
    assert number_for(here, Trade.ELECTRICAL, None) == "120"
    assert number_for(here, Trade.LIFT, None) == "119"
    assert number_for(here, Trade.GAS, None) == "119"


def test_a_gas_company_is_named_beside_the_firemen() -> None:
    here = site(gas_number="96777")
    assert number_for(here, Trade.GAS, None) == "119 / 96777"
    assert number_for(here, Trade.GAS, Peril.HURT) == "120"


def test_a_sites_own_number_outranks_the_countrys() -> None:
    assert number_for(site(ambulance_number="999"), Trade.SECURITY, Peril.HURT) == "999"
    control_room = site(emergency_number="8888 1234")
    assert number_for(control_room, Trade.SECURITY, Peril.HURT) == "8888 1234"


def test_a_country_we_do_not_know_is_owned_up_to() -> None:
    nowhere = site("UTC")
    assert nowhere.emergency_number == "112"
    assert list_missing(nowhere) == list(Service)
    assert list_missing(site("UTC", police_number="17")) == [Service.AMBULANCE, Service.FIRE]
