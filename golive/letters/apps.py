from django.apps import AppConfig
from django.core.checks import register

from golive.letters.checks import guidance_is_not_the_review, senders_are_ours


class LettersConfig(AppConfig):
    name = "golive.letters"
    label = "letters"

    def ready(self) -> None:
        register(senders_are_ours)
        register(guidance_is_not_the_review)
