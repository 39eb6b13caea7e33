#!/usr/bin/perl
# names.t - names are found in other scripts than the one they are typed in: how many of a list of real ones
#
# For each script one index of small articles, each with one name among words that are made up, and thousands more of such words in other
# articles. A name is found when one of the first five answers is its article, or another one of the same name. The floors are what is
# reached today, less a little: doc/words.md has the figures (VERBOSE=1 prints them, and what was missed).
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use utf8;
use Encode qw(encode decode);
use JSON::PP;

# Names found in every hundred: typed in Latin letters, typed in the other script.
my %floor = (
    Arabic     => [92, 90],
    Armenian   => [95, 95],
    Cyrillic   => [95, 95],
    Devanagari => [90, 90],
    Georgian   => [95, 95],
    Greek      => [90, 90],
    Han        => [92, 92],
    Hangul     => [93, 90],
    Hebrew     => [87, 87],
    Kana       => [92, 92],
);

# What words are made of. Blanks part syllables.
my %syllables = (
    Latin      => 'ba ke lo mi nu ra se ti vo da fe gi ho ka le ma no pu ri so ta ve wi za an el or us in ent st tr',
    Arabic     => 'با كي لو مي نو را سي تي وا دا في جي هو كا لي ما نو بو ري سو تا شي خا زا ان ال ور قس عن',
    Armenian   => 'բա կե լո մի նու րա սե տի վո դա ֆե գի հո կա լե մա նո պու րի սո տա վե շի զա ան ել որ ուս ին',
    Cyrillic   => 'ба ке ло ми ну ра се ти во да фе ги хо ка ле ма но пу ри со та ве ши за ан ел ор ус ин ств тр',
    Devanagari => 'बा के लो मि नु रा से ति वो दा फे गि हो का ले मा नो पु रि सो ता वे शि ज़ा अन एल ओर उस',
    Georgian   => 'ბა კე ლო მი ნუ რა სე ტი ვო და ფე გი ჰო კა ლე მა ნო პუ რი სო ტა ვე ში ზა ან ელ ორ უს',
    Greek      => 'βα κε λο μι νου ρα σε τι βο δα φε γι χο κα λε μα νο που ρι σο τα βε σι ζα αν ελ ορ ους',
    Han        => '的 一 是 在 了 有 和 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 生 到 作 地 于 出 就 分 对 成 会 可 主 发 年 动 同 工 也 能 下 过 子 说 产 种 面 而 方 后 多 定 行 学 法 所 民 得 经 报 道 记 者 日 月 政 府 公 司 市 场 水 果 学 校',
    Hangul     => '가 나 다 라 마 바 사 아 자 하 고 도 로 모 보 소 오 조 호 기 니 리 미 비 시 이 지 히 구 누 두 한 국 정 부 경 제 사 회 문 화 학 교',
    Hebrew     => 'בא קה לו מי נו רא סה טי וו דא פה גי הו כא לה מא נו פו רי סו תא וה שי זא אן אל אור',
    Kana       => 'アー カメ ラン サイ トル ナイ ハル マイ レン ホテ ドア スト パソ ケー キス バス',
);

# The same numbers on every machine.
my $state = 1;
sub chance { $state = ($state * 1103515245 + 12345) % 2**31; return int(($state >> 8) % $_[0]) }

sub made_up {
    my ($script) = @_;
    my @syllables = split ' ', $syllables{$script};
    my $n = $script eq 'Han' ? 1 + chance(3) : 2 + chance(3);
    return join '', map { $syllables[ chance(scalar @syllables) ] } 1 .. $n;
}

# A sentence of made-up words, some with a capital; the name, if there is one, in the middle.
sub sentence {
    my ($script, $n, $name) = @_;
    my @words = map { made_up($script) } 1 .. $n;
    for my $i (1 .. $#words) { $words[$i] = ucfirst $words[$i] if chance(4) == 0 }
    $words[0] = ucfirst $words[0];
    splice @words, $n / 2, 0, $name if defined $name;
    return join($script eq 'Han' ? '' : ' ', @words) . ($script eq 'Han' ? '。' : '.');
}

sub article {
    my ($id, $script, $name) = @_;
    my $text = join ' ', sentence($script, 6), sentence($script, 8, $name), sentence($script, 7);
    return encode_json({ id => $id, title => sentence($script, 5), text => $text }) . "\n";
}

my @names = map { my @f = split /\t/; @f == 3 ? { latin => $f[0], other => $f[1], script => $f[2] } : () }
    split /\n/, decode('UTF-8', slurp(fixture('names.tsv')));
cmp_ok(scalar @names, '>=', 200, 'the list has two hundred names');

my $dir = temp_dir();

# Indexes an article for each name in one spelling, and asks for the other. Returns how many were found, and the missed ones.
sub found {
    my ($script, $written, $asked, @names) = @_;
    my $in = $written eq 'latin' ? 'Latin' : $script;
    my $out = $written eq 'latin' ? $script : 'Latin';
    my %right;
    my $articles = '';
    $state = 1;
    for my $i (0 .. $#names) {
        $articles .= article("name$i", $in, $names[$i]{$written});
        push @{ $right{ $names[$i]{$asked} } }, "name$i";
    }
    $articles .= article("made$_", $_ % 2 ? $in : $out) for 1 .. 300;
    my $db = "$dir/$script-$written";
    runs_ok(indexer('--quiet', '--db', $db, spew("$dir/$script-$written.jsonl", $articles)), "$script: articles are indexed");
    my $queries = join '', map { "$_\t" . encode('UTF-8', $names[$_]{$asked}) . "\n" } 0 .. $#names;
    my $r = searcher({ stdin => $queries }, '--db', $db, '--batch=-', '--format=trec', '-n', 5);
    my %hit;
    for my $line (split /\n/, $r->{stdout}) {
        my ($query, undef, $id) = split ' ', $line;
        $hit{$query}{$id} = 1;
    }
    my @missed = grep { my $q = $_; !grep { $hit{$q}{$_} } @{ $right{ $names[$q]{$asked} } } } 0 .. $#names;
    return (@names - @missed, map { "$names[$_]{latin} $names[$_]{other}" } @missed);
}

my ($all, %sum) = (0, latin => 0, other => 0);
for my $script (sort keys %floor) {
    my @of = grep { $_->{script} eq $script } @names;
    $all += @of;
    for my $way (0, 1) {
        my ($asked, $written) = $way ? ('other', 'latin') : ('latin', 'other');
        my ($n, @missed) = found($script, $written, $asked, @of);
        my $share = 100 * $n / @of;
        $sum{$asked} += $n;
        my $what = $way ? "$script names find Latin ones" : "Latin names find $script ones";
        cmp_ok($share, '>=', $floor{$script}[$way], sprintf '%s: %d of %d', $what, $n, scalar @of);
        note(encode('UTF-8', "missed: " . join ', ', @missed)) if @missed;
    }
}
note(sprintf 'of %d names %d were found from Latin letters, %d from the other script', $all, $sum{latin}, $sum{other});
cmp_ok($sum{latin}, '>=', 0.95 * $all, 'of all names, nineteen in twenty are found from Latin letters');
cmp_ok($sum{other}, '>=', 0.94 * $all, 'and nearly as many from the other script');

done_testing();
