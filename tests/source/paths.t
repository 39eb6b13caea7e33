#!/usr/bin/perl
# paths.t - nothing in the tree knows one machine: its folders, its name, where its packages come from
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;

use Sys::Hostname ();

my $home = (getpwuid $<)[7];
my @telltale = (
    qr{(?<![\w.\$\}/-])/home/(?!\$|USER|user\b|me\b|reader\b|NAME)\w+},
    qr{(?<![\w.\$\}/-])/(?:root|work|mnt|build|workspace|Users)/\w+},
    qr{\b(?:deb|ftp|security|archive|mirrors?)\.(?:\w+\.)?(?:debian\.org|ubuntu\.com)\b},
    qr{https?://[^\s/"']*(?:mirror|proxy|artifact|registry|artifactory)[^\s"']*},
    qr{https?://(?!127\.|0\.0\.0\.0)\d+\.\d+\.\d+\.\d+},
);

# Where this very machine builds, what it is called, where it installs from.
for my $folder (grep { defined && tr{/}{} > 1 } top_srcdir(), $home) {
    push @telltale, qr{\Q$folder\E(?=/|\b)};
}
my $host = Sys::Hostname::hostname();
push @telltale, qr{\b\Q$host\E\b} if length $host > 5 && $host ne 'localhost' && $host ne 'debian';
if (grep { -x "$_/apt-get" } split /:/, $ENV{PATH}) {
    my $r = run('apt-get', 'indextargets', '--format', '$(SITE)');
    my %sites = map { $_ => 1 } map { m{^\w+://(?:[^/@]*@)?([^/:]+)} ? $1 : () } split /\n/, $r->{stdout};
    push @telltale, map { qr{\b\Q$_\E\b} } sort keys %sites;
}

my @found;
for my $file (grep { $_ ne 'tests/source/paths.t' && !m{^corpus/|^tests/(?:golden|fixtures|fuzz/seeds)/} } source_files()) {
    my $number = 0;
    for my $line (split /\n/, slurp(top_srcdir() . "/$file")) {
        $number++;
        for my $pattern (@telltale) {
            push @found, "$file:$number: $&" if $line =~ $pattern;
        }
    }
}
none_ok(\@found, 'no file names a place on one machine, or a mirror');

done_testing();
