from django.conf import settings
from django.core.management.base import BaseCommand

from place_names.downloads import snapshots


class Command(BaseCommand):
    help = "把全部公开的地名写成各种格式的下载文件（数据没有变动时不重写）。"

    def handle(self, *args, **options):
        made = snapshots.make(settings.WAGTAILADMIN_BASE_URL.rstrip("/"))
        self.stdout.write(f"版本{made.version}，{made.description['count']}条")
        for name, file in made.files.items():
            self.stdout.write(
                f"{file['hash'].removeprefix('sha256:')}  {name}  {file['bytes']}字节"
            )
