# corpus/ - articles for the demonstration and the tests, packed as they are
# SPDX-License-Identifier: GPL-2.0-or-later

dist_folders += %D%
