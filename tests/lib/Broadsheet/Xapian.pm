# Broadsheet::Xapian - what the installed headers of Xapian declare, as clang reads them
#
# SPDX-License-Identifier: GPL-2.0-or-later
package Broadsheet::Xapian;

use strict;
use warnings;

use Exporter 'import';

use Broadsheet::Test qw(run);

our @EXPORT = qw(xapian_api);

# What is left out of the count, and why. The order is that in which they are tried.
my @left_out = (
    [ 'inside Xapian',     sub { $_[0]{signature} =~ /Internal\b|\bQueryOptimiser\b|_Ptr\b/ || $_[0]{name} =~ /_$/ } ],
    [ 'deprecated',        sub { $_[0]{deprecated} } ],
    [ 'destructors',       sub { $_[0]{kind} eq 'destructor' } ],
    [ 'copies and moves',  sub { $_[0]{copy} } ],
    [ 'operators',         sub { $_[0]{name} =~ /^operator(?!\(\)$|\*$|\+\+$|\[\]$)/ || $_[0]{name} =~ /^operator/ && $_[0]{kind} eq 'function'
        || $_[0]{name} eq 'operator++' && $_[0]{parameters} ne '' } ],
    [ 'overrides',         sub { $_[0]{override} } ],
);

# The parameters of a function type: 'bool (int, char) const' gives ('int, char', ' const').
sub _parameters {
    my ($type) = @_;
    my ($parameters, $rest) = $type =~ /^[^(]*\((.*)\)((?: const| noexcept| &)*)$/ or return ('', '');
    return ($parameters, $rest =~ /const/ ? ' const' : '');
}

# A list of hashes: kind (method, constructor, function, constant), class, name, parameters, signature (the whole, for people and
# lists: "Xapian::Database::check(int, int, std::ostream *)"), left_out (why it need not be bound, or undef).
# Nothing, if there is no clang.
sub xapian_api {
    my (@flags) = @_;
    my $dump = run({ stdin => "#include <xapian.h>\n" }, 'clang++', '-std=c++17', @flags, '-fsyntax-only', '-w', '-fno-color-diagnostics',
        '-Xclang', '-ast-dump', '-Xclang', '-ast-dump-filter=Xapian', '-xc++', '-');
    die "clang: $dump->{stderr}" if $dump->{status} != 0;

    my (@scope, @found, %bases, %virtual, %deprecated_class);
    for my $line (split /\n/, $dump->{stdout}) {
        if ($line =~ /^Dumping /) {
            @scope = ();
            next;
        }
        my ($prefix, $node, $rest) = $line =~ /^([|` -]*)(\w+)(.*)$/ or next;
        my $depth = length($prefix) / 2;
        $#scope = $depth - 1 if $#scope >= $depth;
        my $parent = $depth > 0 ? $scope[ $depth - 1 ] : undef;
        $scope[$depth] = { node => $node };
        my $here = $scope[$depth];
        # Only what stands directly in a namespace or a class counts.
        if ($node eq 'NamespaceDecl') {
            my ($name) = $rest =~ /(\w+)$/;
            $here->{path} = $parent ? "$parent->{path}::$name" : $name if !$parent || $parent->{path};
            delete $here->{path} if ($here->{path} // '') =~ /::Internal$/;
            next;
        }
        if ($node =~ /^(?:public|protected|private)$/ && $parent && $parent->{class}) {
            my $class = $parent;
            push @{ $bases{ $class->{path} } }, $1 if $class->{path} && $rest =~ /^ '([\w:]+)'/;
            next;
        }
        next if !$parent;
        if ($node eq 'DeprecatedAttr') {
            $parent->{found}{deprecated} = 1 if $parent->{found};
            $deprecated_class{ $parent->{path} } = 1 if $parent->{class};
            next;
        }
        # The first function under a template is the pattern, the others are uses of it.
        if ($node eq 'FunctionTemplateDecl') {
            @$here{qw(path class access template)} = (@$parent{qw(path class access)}, 1);
            next;
        }
        next if !defined $parent->{path};
        if ($node eq 'CXXRecordDecl') {
            next if $rest !~ /\b(class|struct) (\w+) definition$/ || $rest =~ / implicit /;
            @$here{qw(class access)} = (1, $1 eq 'struct' ? 'public' : 'private');
            $here->{path} = "$parent->{path}::$2" if ($parent->{access} // 'public') eq 'public';
            delete $here->{path} if $2 =~ /Internal|_$/;
        }
        elsif ($node eq 'AccessSpecDecl') {
            ($parent->{access}) = $rest =~ /(\w+)$/;
        }
        elsif ($node eq 'EnumDecl') {
            $here->{path} = $parent->{path} if ($parent->{access} // 'public') eq 'public';
        }
        elsif ($node eq 'EnumConstantDecl' || $node eq 'VarDecl') {
            next if ($parent->{access} // 'public') ne 'public' || $rest =~ / implicit | parent /;
            my ($name) = $rest =~ /(\w+) '/ or next;
            next if $name =~ /_$/;
            push @found, { kind => 'constant', class => $parent->{path}, name => $name, parameters => '', const => '',
                signature => "$parent->{path}::$name" };
            $here->{found} = $found[-1];
        }
        elsif ($node =~ /^(?:CXXMethod|CXXConstructor|CXXDestructor|Function)Decl$/) {
            next if $rest =~ / (?:implicit|prev) | parent / || ($parent->{access} // 'public') eq 'private';
            next if $parent->{template} && $parent->{seen}++;
            my ($name, $type) = $rest =~ /(operator\S+|operator\(\)|~?\w+)(?:<\w+>)? '([^']*)'/ or next;
            my ($parameters, $const) = _parameters($type);
            my $kind = $node eq 'CXXMethodDecl' ? 'method' : $node eq 'CXXConstructorDecl' ? 'constructor'
                : $node eq 'CXXDestructorDecl' ? 'destructor' : 'function';
            my ($own) = $parent->{path} =~ /(\w+)$/;
            my %one = (kind => $kind, class => $parent->{path}, name => $kind eq 'constructor' ? $own : $name,
                parameters => $parameters, const => $const,
                copy => ($kind eq 'constructor' && $parameters =~ /^(?:const )?\Q$parent->{path}\E &&?$/ ? 1 : 0));
            $one{signature} = "$parent->{path}::$one{name}($parameters)$const";
            $one{deleted} = 1 if $rest =~ / delete\b/;
            my $key = "$one{name}($parameters)$const";
            $virtual{ $parent->{path} }{$key} = 1 if $kind eq 'method';
            $here->{found} = \%one;
            push @found, \%one if ($parent->{access} // 'public') eq 'public';
        }
    }

    my %seen;
    @found = grep { !$seen{ $_->{signature} }++ } @found;
    my $inherited;
    $inherited = sub {
        my ($class, $key) = @_;
        for my $base (@{ $bases{$class} || [] }) {
            return 1 if $virtual{$base}{$key} || $inherited->($base, $key);
        }
        return 0;
    };
    for my $one (@found) {
        $one->{deprecated} ||= $deprecated_class{ $one->{class} };
        $one->{override} = $one->{kind} eq 'method' && $inherited->($one->{class}, "$one->{name}($one->{parameters})$one->{const}");
        for my $rule (@left_out) {
            next if !$rule->[1]->($one);
            $one->{left_out} = $rule->[0];
            last;
        }
    }
    return @found;
}

1;
