#!/usr/bin/perl
# layers.t - who may include whom: the folders are the architecture
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;

my %may_know = (
    shim     => qr{^shim/},
    common   => qr{^(?:common/|shim/xapian-c(?:-write)?\.h$)},
    indexer  => qr{^(?:indexer|common)/|^shim/xapian-c(?:-write)?\.h$},
    searcher => qr{^(?:searcher|common)/|^shim/xapian-c(?:-source)?\.h$},
);

my @files = grep { m{^(?:shim|common|indexer|searcher)/} } c_files();
cmp_ok(scalar @files, '>', 50, 'there are sources to look at');

# What FILE includes of ours, from the top; undef where there is no such file.
sub resolve {
    my ($file, $name) = @_;
    (my $beside = $file) =~ s{[^/]*$}{$name};
    for my $path ($file =~ m{^(?:shim|tests|bench)/} ? ($beside, $name) : $name) {
        return $path if -f top_srcdir() . "/$path";
    }
    return undef;
}

my (@strangers, @not_from_top, @upward);
for my $file (@files) {
    my ($layer) = split m{/}, $file;
    for (includes($file)) {
        my ($line, $name, $system) = @$_;
        next if $system || $name eq 'config.h';
        push @upward, "$file:$line: $name" if $name =~ m{(?:^|/)\.\./};
        my $path = resolve($file, $name);
        if (!defined $path) {
            push @not_from_top, "$file:$line: $name";
        }
        elsif ($path !~ $may_know{$layer}) {
            push @strangers, "$file:$line: $name";
        }
    }
}
none_ok(\@strangers,    'each layer includes only what it may know');
none_ok(\@not_from_top, 'includes of ours are written from the top, and are there');
none_ok(\@upward,       'nothing includes upward');

# Everything of ours that FILE sees, through headers too.
sub sees {
    my ($file, $seen) = @_;
    for (includes($file)) {
        my $path = $_->[2] ? undef : resolve($file, $_->[1]);
        next if !defined $path || $seen->{$path}++;
        sees($path, $seen);
    }
    return $seen;
}
none_ok([ grep { m{^searcher/} && sees($_, {})->{'shim/xapian-c-write.h'} } @files ],
    'the searcher never sees the writer');

sub system_headers_outside {
    my ($header, $allowed) = @_;
    my @found;
    for my $file (c_files()) {
        next if $file =~ $allowed;
        push @found, map { "$file:$_->[0]: <$_->[1]>" } grep { $_->[2] && $_->[1] =~ $header } includes($file);
    }
    return \@found;
}
none_ok(system_headers_outside(qr{^xapian(?:\.h|/)}, qr{^(?:shim/(?!xapian-c)|bench/|tests/unit/shim-\w+\.cc)}),
    'only the inside of the shim (and comparisons in bench) includes <xapian.h>');
none_ok(system_headers_outside(qr{^unicode/}, qr{^(?:common/|indexer/read/|tests/|bench/)}),
    'only common (and readers) include ICU');
none_ok(system_headers_outside(qr{^(?:archive|archive_entry)\.h$|^libxml/HTML}, qr{^(?:indexer/|tests/|bench/)}),
    'only the indexer includes what only readers need');
none_ok([ grep { /\.(?:cc|cxx|cpp|hh|hpp)$/ && !m{^(?:shim|bench|tests)/} } c_files() ],
    'C++ is the language of the shim alone');

my @late;
for my $file (grep { m{^(?:common|indexer|searcher)/.*\.c$} } @files) {
    my ($first) = includes($file);
    push @late, $file if !$first || $first->[1] ne 'config.h';
}
none_ok(\@late, 'sources include config.h first');

# A source that no local.mk names is compiled by nobody, and not packed.
my $listed = join "\n", map { my $t = slurp(top_srcdir() . "/$_/local.mk"); $t =~ s{%D%}{$_}g; $t }
    qw(shim common indexer searcher);
none_ok([ grep { $listed !~ /(?<!\S)\Q$_\E(?!\S)/ } @files ], 'each source and header is named in a local.mk');

done_testing();
