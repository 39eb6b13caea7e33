# contrib/ - set-ups for cron, systemd, web servers
# SPDX-License-Identifier: GPL-2.0-or-later

dist_folders += %D%
