"""Service places (服务网点): where the public is served, edited once for the whole site.

`models` has the fields and the form's panels, `hours` the rules of opening hours, `listed` what
lists and searches read (memoized), `structured_data` the JSON-LD, `done_here` what other apps say
of a place. The pages are in `home.views.service_places`, the admin's list in
`home.staff.service_places`, templates in `home/templates/home/service_places/`.
"""
