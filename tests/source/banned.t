#!/usr/bin/perl
# banned.t - functions that have no safe use, shells, and arrays whose length nobody limits
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;

my $banned = qr/\b(strcpy|stpcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof|strtok|sscanf|system|popen|alloca)\s*\(/;

# A test that cannot fail is none.
like('x = atoi (s);', $banned, 'the pattern finds a call');
unlike('snprintf(b, n, f); fgets(b, n, f); strtok_r(s, d, &p); filesystem(x);', $banned, 'and only whole names');

my @found;
for my $file (c_files()) {
    my $number = 0;
    for my $line (split /\n/, code($file)) {
        $number++;
        push @found, "$file:$number: $1" if $line =~ $banned;
    }
}
none_ok(\@found, 'no banned function is called');

my @cc = split ' ', $ENV{CC} || 'cc -std=gnu17';
my @flags = split ' ', $ENV{TEST_CPPFLAGS} || '-I' . top_srcdir() . ' -I' . top_builddir();
@flags = map { s/^"|"$//gr } @flags;
my @vla;
for my $file (grep { /\.c$/ && !m{^bench/} } c_files()) {
    my $r = run(@cc, @flags, '-fsyntax-only', '-Werror=vla', top_srcdir() . "/$file");
    push @vla, $file if $r->{stderr} =~ /\[-Werror=vla\]|variable length array/;
}
none_ok(\@vla, 'no array has a length that is only known at run time');

done_testing();
