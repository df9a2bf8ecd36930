from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "golive.programme"
    label = "programme"
