#!/usr/bin/perl
# golden.t - queries over the demonstration corpus with their right answers: tests/golden says how they are written
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;

my $folder = top_srcdir() . '/tests/golden';
my $corpus = corpus();
my $db     = index_corpus();

sub unescape {
    my ($line) = @_;
    my %plain = (n => "\n", r => "\r", t => "\t", '\\' => '\\');
    $line =~ s/\\(?:x([0-9a-fA-F]{2})|([nrt\\]))/defined $1 ? chr hex $1 : $plain{$2}/ge;
    $line =~ s/\@CORPUS/$corpus/g;
    return $line;
}

# The arguments, the standard input and the reason why the case is not right yet.
sub read_query {
    my %q = (args => []);
    for my $line (split /\n/, slurp($_[0])) {
        if    ($line =~ /^# TODO (.*)/) { $q{todo} = $1 }
        elsif ($line =~ /^# /)          { next }
        elsif ($line =~ /^< (.*)/)      { $q{stdin} .= unescape($1) . "\n" }
        else                            { push @{ $q{args} }, unescape($line) }
    }
    return \%q;
}

sub read_expected {
    my ($path) = @_;
    my %e = (files => [], absent => [], notes => [], says => [], passages => [], status => 0);
    for my $line (split /\n/, slurp($path)) {
        if    ($line eq 'in any order')             { $e{unordered} = 1 }
        elsif ($line eq 'and more')                 { $e{more}      = 1 }
        elsif ($line eq 'prints nothing')             { $e{output}    = [] }
        elsif ($line eq 'nothing')                  { $e{status}    = 1; $e{nothing} = 1 }
        elsif ($line =~ /^(total|status) (\d+)$/)   { $e{$1} = $2 }
        elsif ($line =~ /^read ?(.*)/)              { $e{read} = $1 }
        elsif ($line =~ /^note (\S+)$/)             { push @{ $e{notes} },    $1 }
        elsif ($line =~ /^says (.+)/)               { push @{ $e{says} },     $1 }
        elsif ($line =~ /^passage (.+)/)            { push @{ $e{passages} }, $1 }
        elsif ($line =~ /^not (\S.*)/)              { push @{ $e{absent} },   $1 }
        elsif ($line =~ /^>(?: (.*))?$/)            { push @{ $e{output} },   $1 // '' }
        elsif ($line =~ m{^articles(?:/|\.jsonl#)}) { push @{ $e{files} },    $line }
        else                                        { die "$path: what is \"$line\"?\n" }
    }
    return \%e;
}

sub place {
    my ($hit) = @_;
    my $path = $hit->{path} // '';
    $path = defined $hit->{member} ? "$path#$hit->{member}" : $path;
    utf8::encode($path);
    $path =~ s{^\Q$corpus\E/}{};
    return $path;
}

# The passage with its matches between stars.
sub starred {
    my ($snippet) = @_;
    my ($text, $out, $at) = ($snippet->{text}, '', 0);
    utf8::encode($text);
    for my $mark (@{ $snippet->{marks} }) {
        $out .= substr($text, $at, $mark->[0] - $at) . '*' . substr($text, $mark->[0], $mark->[1] - $mark->[0]) . '*';
        $at = $mark->[1];
    }
    return $out . substr $text, $at;
}

# What is wrong with the articles found; nothing where they are right.
sub wrong_files {
    my ($e, $json) = @_;
    my @got  = map { place($_) } @{ $json->{hits} };
    my @want = @{ $e->{files} };
    my @wrong;
    for my $file (@{ $e->{absent} }) {
        push @wrong, "$file is among them" if grep { $_ eq $file } @got;
    }
    return @wrong if !@want && !$e->{nothing};
    splice @got, scalar @want if $e->{more} && @got > @want;
    @got  = sort @got  if $e->{unordered};
    @want = sort @want if $e->{unordered};
    push @wrong, map { "found:  $_" } @got if join("\n", @got) ne join("\n", @want);
    return @wrong;
}

sub wrong_json {
    my ($e, $bytes) = @_;
    my $json = eval { decode_json($bytes) } or return 'no JSON';
    my @wrong = wrong_files($e, $json);
    my ($total, $read, $notes) = ($json->{total}{value}, $json->{query}{read}, join ' ', map { $_->{code} } @{ $json->{query}{notes} });
    utf8::encode($read);
    push @wrong, "total $total" if defined $e->{total} && $e->{total} != $total;
    push @wrong, "read $read" if defined $e->{read} && $e->{read} ne $read;
    push @wrong, "notes: $notes" if join(' ', @{ $e->{notes} }) ne $notes;
    my $passage = join ' ... ', map { starred($_) } @{ $json->{hits}[0]{snippets} // [] };
    for my $want (@{ $e->{passages} }) {
        my $good = $want =~ /^~ (.*)/s ? index($passage, $1) >= 0 : $passage eq $want;
        push @wrong, "passage $passage" if !$good;
    }
    return @wrong;
}

# Three dots alone are any lines, within a line any text.
sub wrong_output {
    my ($e, $bytes) = @_;
    my $pattern = '';
    for my $line (map { unescape($_) } @{ $e->{output} }) {
        $pattern .= $line eq '...' ? '(?:.*\n)*' : join('.*', map { quotemeta } split /\Q...\E/, $line, -1) . '\n';
    }
    return $bytes =~ /\A$pattern\z/ ? () : map { "> $_" } split /\n/, $bytes;
}

sub check {
    my ($name) = @_;
    my $q = read_query("$folder/$name.query");
    my $e = read_expected("$folder/$name.expected");
    my $plain = $e->{output} || grep { /^--(?:format|show|batch)=/ } @{ $q->{args} };
    # names in other scripts are a topic of their own
    my $names = $name =~ m{^names/} ? '--names=auto' : '--names=never';
    my $r = searcher({ stdin => $q->{stdin} // '' }, '--db', $db, $names, $plain ? () : '--format=json', @{ $q->{args} });
    my @wrong;
    push @wrong, 'status ' . ($r->{status} // "none, signal $r->{signal}") if ($r->{status} // -1) != $e->{status};
    push @wrong, map { "does not say: $_" } grep { index($r->{stderr}, $_) < 0 } @{ $e->{says} };
    if    ($e->{output}) { push @wrong, wrong_output($e, $r->{stdout}) }
    elsif ($e->{status} <= 1) { push @wrong, wrong_json($e, $r->{stdout}) }
    local $TODO = $q->{todo};
    ok(!@wrong, $name) or diag(join "\n", (map { "    $_" } @wrong), $r->{stderr});
    return;
}

my @names;
for my $path (sort glob "$folder/*/*.query") {
    my ($name) = $path =~ m{([^/]+/[^/]+)\.query$};
    push @names, $name if !@ARGV || grep { index($name, $_) == 0 } @ARGV;
}
my @orphans = grep { my $query = $_ =~ s/\.expected$/.query/r; !-e $query } glob "$folder/*/*.expected";
is_deeply(\@orphans, [], 'every answer has its question');
check($_) for @names;
cmp_ok(scalar @names, '>=', 300, 'there are at least 300') if !@ARGV;
done_testing();
