# bench/ - what it costs, beside what a user would pick instead
# SPDX-License-Identifier: GPL-2.0-or-later

dist_folders += %D%
