"""T60: the suite itself cannot call out, so a product that tried would be caught."""

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("169.254.169.254", 80), ("2001:db8::1", 443, 0, 0)])
def test_no_address_outside_of_this_machine_is_reached(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET

    with socket.socket(family) as outward, pytest.raises(AssertionError):
        outward.connect(address)


def test_no_name_outside_of_this_machine_is_looked_up():
    with pytest.raises(AssertionError):
        socket.create_connection(("www.example.com", 80))


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as inward:
        assert inward.getpeername() == server.getsockname()
