from django.core.management.base import BaseCommand

from place_names.naming.setting_up import load_lists


class Command(BaseCommand):
    help = "Adds kinds, generic parts and words of the naming rules that are missing."

    def handle(self, **options):
        self.stdout.write(f"命名规则：新增{load_lists()}条。")
