from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "golive.letters"
    label = "letters"
