#!/usr/bin/perl
# reference.t - shim/libxapian-c.md is what shim/reference makes of the headers, and has every function; each is called by a test
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;

my $top = top_srcdir();
my $r   = run($^X, "$top/shim/reference");
runs_ok($r, 'shim/reference runs');
my $reference = slurp("$top/shim/libxapian-c.md");
ok($r->{stdout} eq $reference, 'shim/libxapian-c.md is up to date: shim/reference > shim/libxapian-c.md');

my %functions;
for my $header (grep { m{^shim/xapian-c.*\.h$} } c_files()) {
    $functions{$_} = 1 for code($header) =~ /\bXAP_API\b[^;]*?\b(xap_\w+)\s*\(/g;
}
cmp_ok(scalar keys %functions, '>', 400, 'there are functions');
none_ok([ grep { $reference !~ /\b$_\(/ } sort keys %functions ], 'the reference has each of them');

my $tests = join '', map { code($_) } grep { m{^tests/unit/shim-(?!alloc|null)} } c_files();
none_ok([ grep { $tests !~ /\b$_\(/ } sort keys %functions ], 'each of them is called by a test that looks at what it does');

done_testing();
