# examples/ - programs over libxapian-c, built and run by tests/e2e/examples.t
# SPDX-License-Identifier: GPL-2.0-or-later

dist_folders += %D%
