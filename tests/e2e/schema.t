#!/usr/bin/perl
# schema.t - what the programs print as JSON is as the schemas of doc/ say
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Web;
use B ();
use JSON::PP;

# ---- a validator: the keywords of JSON Schema (2020-12) that our schemas use, and no others ----

my %silent = map { $_ => 1 } qw($schema $id $defs title description);

# Strings and numbers are told apart by how they were written.
sub is_number { my ($v) = @_; return !ref $v && B::svref_2object(\$v)->FLAGS & (B::SVp_IOK | B::SVp_NOK) && !(B::svref_2object(\$v)->FLAGS & B::SVp_POK) }

my %is_type = (
    object  => sub { ref $_[0] eq 'HASH' },
    array   => sub { ref $_[0] eq 'ARRAY' },
    string  => sub { defined $_[0] && !ref $_[0] && !is_number($_[0]) },
    number  => sub { defined $_[0] && is_number($_[0]) },
    integer => sub { defined $_[0] && is_number($_[0]) && $_[0] == int $_[0] },
    boolean => sub { JSON::PP::is_bool($_[0]) },
);

# keyword => what is wrong with (value, the keyword's value, the schema, the whole schema, where)
my %keyword;
%keyword = (
    type      => sub { $is_type{ $_[1] } ? $is_type{ $_[1] }->($_[0]) ? () : "no $_[1]" : die "type $_[1]?" },
    const     => sub { defined $_[0] && $_[0] eq $_[1] ? () : "not \"$_[1]\"" },
    pattern   => sub { $is_type{string}->($_[0]) && $_[0] !~ /$_[1]/ ? "\"$_[0]\" is not like $_[1]" : () },
    minLength => sub { $is_type{string}->($_[0]) && length $_[0] < $_[1] ? 'too short' : () },
    minimum   => sub { $is_type{number}->($_[0]) && $_[0] < $_[1] ? "less than $_[1]" : () },
    maximum   => sub { $is_type{number}->($_[0]) && $_[0] > $_[1] ? "more than $_[1]" : () },
    minItems  => sub { ref $_[0] eq 'ARRAY' && @{ $_[0] } < $_[1] ? "fewer than $_[1]" : () },
    maxItems  => sub { ref $_[0] eq 'ARRAY' && @{ $_[0] } > $_[1] ? "more than $_[1]" : () },
    required  => sub { my $v = $_[0]; ref $v eq 'HASH' ? map { exists $v->{$_} ? () : "has no $_" } @{ $_[1] } : () },
    properties => sub {
        my ($v, $properties, undef, $whole, $where) = @_;
        return if ref $v ne 'HASH';
        return map { exists $v->{$_} ? wrong($v->{$_}, $properties->{$_}, $whole, "$where.$_") : () } sort keys %$properties;
    },
    additionalProperties => sub {
        my ($v, $allowed, $schema) = @_;
        die 'additionalProperties that is not false' if $allowed;
        return if ref $v ne 'HASH';
        return map { $schema->{properties}{$_} ? () : "has an unknown $_" } sort keys %$v;
    },
    items => sub {
        my ($v, $items, $schema, $whole, $where) = @_;
        return if ref $v ne 'ARRAY';
        my $first = @{ $schema->{prefixItems} || [] };
        return map { wrong($v->[$_], $items, $whole, "$where\[$_\]") } $first .. $#$v;
    },
    prefixItems => sub {
        my ($v, $list, undef, $whole, $where) = @_;
        return if ref $v ne 'ARRAY';
        return map { $_ <= $#$v ? wrong($v->[$_], $list->[$_], $whole, "$where\[$_\]") : () } 0 .. $#$list;
    },
    '$ref' => sub {
        my ($v, $ref, undef, $whole, $where) = @_;
        my ($name) = $ref =~ m{^#/\$defs/(\w+)$} or die "\$ref $ref?";
        return wrong($v, $whole->{'$defs'}{$name} // die("no $ref"), $whole, $where);
    },
);

sub wrong {
    my ($value, $schema, $whole, $where) = @_;
    my @wrong;
    for my $word (sort keys %$schema) {
        next if $silent{$word};
        my $check = $keyword{$word} or die "keyword $word?";
        push @wrong, map { /^\$/ ? $_ : "$where: $_" } $check->($value, $schema->{$word}, $schema, $whole, $where);
    }
    return @wrong;
}

my %schemas;
for my $name (qw(article search report error)) {
    $schemas{$name} = decode_json(slurp(top_srcdir() . "/doc/$name.schema.json"));
    ok($schemas{$name}, "doc/$name.schema.json is JSON");
}
$schemas{hit} = { '$ref' => '#/$defs/hit', '$defs' => $schemas{search}{'$defs'} };

sub valid {
    my ($schema, $bytes) = @_;
    my $value = eval { decode_json($bytes) };
    return "no JSON: $@" if !defined $value;
    return wrong($value, $schemas{$schema}, $schemas{$schema}, '$');
}

sub valid_ok {
    my ($schema, $bytes, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return is_deeply([valid($schema, $bytes)], [], $title);
}

# A line each.
sub valid_lines_ok {
    my ($schema, $bytes, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @wrong = map { valid($schema, $_) } split /\n/, $bytes;
    is_deeply(\@wrong, [], $title);
    return cmp_ok(scalar(split /\n/, $bytes), '>', 0, "$title (there are some)");
}

# ---- the validator sees what is wrong ----

my $uid  = '0' x 32;
my $good = qq({"uid":"$uid","id":"1","path":"/a");
is_deeply([valid('article', qq({"uid":"$uid","id":"1"}))], [], 'so is one that does not say where it lies');
is_deeply([valid('article', "$good}")], [], 'a record of what is required is valid');
for my $bad (qq({"id":"1","path":"/a"}), qq($good,"colour":"red"}), qq($good,"title":""}), qq($good,"title":1}), qq($good,"author":"A"}),
    qq($good,"author":[]}), qq($good,"author":["A",1]}), qq($good,"published":"13 October"}), qq($good,"extra":[]}), '[]', '"x"', '1', '{') {
    isnt(scalar(my @wrong = valid('article', $bad)), 0, "invalid: $bad");
}
isnt(scalar(my @w = valid('hit', '{"snippets":[{"text":"a","marks":[[0]]}]}')), 0, 'a mark without its end is invalid');
isnt(scalar(@w = valid('hit', '{"snippets":[{"text":"a","marks":[[0,"1"]]}]}')), 0, 'a mark that ends in a string is invalid');
isnt(scalar(@w = valid('hit', '{"rank":0}')), 0, 'rank 0 is invalid');
isnt(scalar(@w = valid('error', '{"schema":"broadsheet.error/1","status":600,"error":"x"}')), 0, 'a status of 600 is invalid');
is(scalar(@w = valid('hit', '{"snippets":[{"text":"a","marks":[[0,1]]}],"rank":1}')), 0, 'a right hit is valid');

# ---- articles ----

my $r = indexer('--dump', corpus());
valid_lines_ok('article', $r->{stdout}, 'what --dump prints of the corpus, broken files and all');
my $hostile = temp_dir();
my $text = "<script>\x01\x1b[31m\"\\ \xe2\x80\xae\xff \xed\xa0\x80\x00 end";
spew("$hostile/\xff<\"x\n>.txt", "Title $text\n\nBody $text.\n");
spew("$hostile/records.jsonl", map { encode_json($_) . "\n" }
    { id => 1, title => "\x{0}\x{7}\x{fffe}", body => ["a", "b"], author => [{ name => 'N' }, 5], price => { x => [1, undef] } },
    { title => 'No id', published => '31 February 2023', language => 'EN_us', tags => 'a, b;c', url => 'javascript:alert(1)' },
    { id => 'dates', title => 'x', published => '2023-10-13T08:15:30+02:00', updated => '2023' });
$r = indexer('--dump', $hostile);
valid_lines_ok('article', $r->{stdout}, 'and of hostile ones');

# ---- reports ----

my $db = temp_dir() . '/db';
valid_ok('report', indexer('--db', $db, '--report=json', corpus())->{stdout}, 'the report of a first run');
valid_ok('report', indexer('--db', $db, '--report=json', corpus(), $hostile)->{stdout}, 'of one that adds');
unlink glob "$hostile/*.txt";
valid_ok('report', indexer('--db', $db, '--report=json', $hostile, "$hostile/none")->{stdout}, 'of one that removes, with a path that is not there');
my $foreign = temp_dir();
spew("$foreign/mine", 'x');
my $failed = indexer('--db', $foreign, '--report=json', corpus());
is($failed->{status}, 73, 'a run that cannot go on');
valid_ok('report', $failed->{stdout}, 'has a report');
is(decode_json($failed->{stdout})->{status}, 73, 'with its status');
my $why = decode_json($failed->{stdout})->{error} // '?';
like($failed->{stderr}, qr/: \Q$why\E$/, 'and the reason that it tells people');
valid_ok('report', indexer('--db', $db, '--report=json', '--dry-run', corpus())->{stdout}, 'of one that only tries');

# ---- searches ----

my @queries = (
    ['Dandong'], ['-n', 100, 'the'], ['xyzzyqwerty'], ['-n', 0, 'Dandong'], ['--explain', 'ferry captain "port alder" ferr* title:x'],
    ['--offset=3', 'Dandong'], ['AND "Dandong ( x:y && -'], ['--sort=newest', '-n', 100, 'language:en'], ["\xff\xfe<script>\x01"],
    ['', ], ['-n', 100, '桜 丹东 המסיק التمور'], ['--syntax=words', '"x'], ['-n', 100, 'title OR body OR "no id"'], ['--', '-xyzzyqwerty', '-n'],
);
for my $q (@queries) {
    valid_ok('search', searcher('--db', $db, '--format=json', @$q)->{stdout}, "--format=json @$q");
    my $lines = searcher('--db', $db, '--format=jsonl', @$q)->{stdout};
    is_deeply([map { valid('hit', $_) } split /\n/, $lines], [], "--format=jsonl @$q");
}
my @names = qw(uid id url path path_bytes member title deck author contributor published updated dateline source section language
    tags caption body rank score snippet extra);
for my $fields (@names, join ',', @names) {
    my $lines = searcher('--db', $db, '--format=jsonl', "--fields=$fields", '-n', 20, 'Dandong')->{stdout};
    valid_lines_ok('hit', $lines, "--fields=$fields");
    my %seen = map { my $hit = decode_json($_); map { $_ => 1 } keys %$hit } split /\n/, $lines;
    my @others = grep { my $name = $_ eq 'snippets' ? 'snippet' : $_; !grep { $_ eq $name } split /,/, $fields } keys %seen;
    is_deeply(\@others, [], "--fields=$fields: nothing else");
}
my @batch = split /(?<=^\})\n/m, searcher({ stdin => "q 1\tDandong\nferry\nq3\tAND\n" }, '--db', $db, '--format=json', '--batch=-')->{stdout};
is(scalar @batch, 3, 'a batch as JSON has an object for each query');
valid_ok('search', $_, 'which is valid') for @batch;
is_deeply([map { decode_json($_)->{query}{id} } @batch], ['q 1', 2, 'q3'], 'and says which it answers');
valid_lines_ok('hit', searcher({ stdin => "q1\tDandong\n" }, '--db', $db, '--format=jsonl', '--batch=-')->{stdout}, 'a batch as lines');

my ($shown) = searcher('--db', $db, '-n', 1, '--format=csv', '--fields=uid', 'Dandong')->{stdout} =~ /([0-9a-f]{32})/;
valid_ok('article', searcher('--db', $db, '--format=json', "--show=$shown")->{stdout}, 'an article that is shown');

# ---- the web ----

my %env = (BROADSHEET_DB => $db);
valid_ok('search', cgi({ env => \%env }, "format=json&q=$_")->{body}, "search.cgi: $_") for 'Dandong', 'xyzzyqwerty', '', 'AND+"%3Cb%3E+(', '-a&n=100';
valid_ok('article', cgi({ env => \%env }, "format=json&id=$shown")->{body}, 'an article of search.cgi');
valid_ok('error', cgi({ env => \%env }, "format=json&$_")->{body}, "search.cgi: $_") for 'q=a&n=0', 'id=x', 'q=a&index=x', 'q=a&q=b', 'since="<>';
valid_ok('error', cgi({ env => { %env, @$_ } }, 'format=json&q=a')->{body}, "search.cgi with @$_") for [REQUEST_METHOD => 'POST'], [CONTENT_LENGTH => 70_000], [CONTENT_LENGTH => 'x'],
    [BROADSHEET_CONFIG => "$db/XAPIANDB"];
valid_ok('error', cgi({ env => { BROADSHEET_DB => "$db/none" } }, 'format=json&q=a')->{body}, 'search.cgi without an index');

done_testing();
