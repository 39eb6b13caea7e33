#!/usr/bin/perl
# names-junk.t - names in other scripts among the common words that sound like them
#
# names.t asks whether names are found among made-up words. Real articles have words that sound like a name by chance, and such as a
# frequent word hides: here is a small vocabulary of them.
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use utf8;
use Encode qw(encode decode);
use JSON::PP;

my $dir = temp_dir();
my @articles;

sub article {
    my ($id, $language, @sentences) = @_;
    push @articles, encode_json({ id => $id, language => $language, title => $sentences[0], text => join ' ', @sentences }) . "\n";
    return;
}

# Many on one matter, in other words each: the number is a word too
for my $i (1 .. 30) {
    article("beijing$i", 'zh', "第${i}次会议在北京举行", "代表们昨天到北京。", "会上讨论了经济问题$i。");
    article("obama$i",   'ar', "زيارة الرئيس أوباما رقم $i", "وصل أوباما إلى العاصمة أمس.", "قال أوباما إن الحكومة تدرس الملف.");
    article("hadi$i",    'ar', "الرئيس هادي يستقبل الوفد $i", "أكد هادي أن المحادثات مستمرة.");
    article("words$i",   'ar', "حول الوضع في المدينة $i", "من بما حول الحكومة إلى السوق.", "تحدث بما لديه من المال.");
    article("filler$i",  'en', "The weather report number $i", "The harvest was good, and prices fell in the markets.");
}
article('background', 'zh', '历史背景',     '记者介绍了事件的背景。');
article('normal',     'zh', '普通欧洲人',   '普通欧洲家庭的生活。');
article('mapping',    'zh', '工作摸底',     '学校对学生进行摸底。');
article('costa',      'zh', '足球新闻',     '科斯塔进球了。');
article('putin-zh',   'zh', '莫斯科消息',   '普京发表讲话。');
article('modi-zh',    'zh', '新德里消息',   '莫迪发表讲话。');
article('trump-zh',   'zh', '白宫消息',     '特朗普发表讲话。');
article('valley-zh',  'zh', '科技消息',     '硅谷的公司很多。');
article('kim-zh',     'zh', '半岛消息',     '金正恩视察工厂。');
article('father',     'ar', 'الاباما',      'مباراة في ولاية الاباما بين الفريقين.', 'بام وبما.');
article('atheist',    'ar', 'الإلحاد',      'كتاب عن الحاد من المرض.');
article('asked',      'ar', 'سال الماء',    'سال الماء في الشارع.');
article('saleh',      'ar', 'علي صالح',     'غادر صالح العاصمة.');
article('kerry-ar',   'ar', 'أخبار',        'التقى كيري الوزير.');
article('houthi-ar',  'ar', 'أخبار اليمن',  'قال الحوثي في خطاب.');
article('damascus',   'ar', 'أخبار سوريا',  'وصل الوفد إلى دمشق.');
article('me',         'hi', 'समाचार',       'शहर में बारिश हुई और मौसम ठंडा है।');
article('kyiv-uk',    'uk', 'Новини',       'Зустріч відбулася у Києві.');
article('en-beijing', 'en', 'A visit to China', 'The ministers met in Beijing on Friday.');
article('en-putin',   'en', 'Talks in Moscow',  'On Monday President Putin met the ministers.');
article('en-minh',    'en', 'A new shop',       'Mr Minh opened a shop near Hull.');

my $db = "$dir/db";
runs_ok(indexer('--quiet', '--db', $db, spew("$dir/articles.jsonl", join '', @articles)), 'articles are indexed');

# The articles that are found, best first.
sub found {
    my ($query, @options) = @_;
    my $r = searcher({ stdin => "1\t" . encode('UTF-8', $query) . "\n" }, '--db', $db, '--batch=-', '--format=trec', '-n', 300, @options);
    return map { (split ' ')[2] } split /\n/, $r->{stdout};
}

# What is said to be looked for beside the query.
sub told {
    my ($query) = @_;
    my $r = searcher('--db', $db, encode('UTF-8', $query));
    my %told = map { $_ => 1 } map { split /, / } decode('UTF-8', $r->{stderr}) =~ /looked for in other scripts too: (.*)/g;
    return \%told;
}

sub is_right {
    my ($query, $right, @wrong) = @_;
    my @ids = found($query);
    my %at = map { $ids[$_] => $_ + 1 } 0 .. $#ids;
    cmp_ok($at{$right} // 999, '<=', 5, encode('UTF-8', "$query: $right is among the first five"));
    is(join(' ', grep { $at{$_} } @wrong), '', encode('UTF-8', "$query: nothing that only sounds like it")) if @wrong;
    return;
}

is_right('Beijing',         'en-beijing', 'background');
is_right('Obama',           'obama1',     'father', 'words1');
is_right('Hadi',            'hadi1',      'atheist');
is_right('Saleh',           'saleh',      'asked');
is_right('Modi',            'modi-zh',    'mapping');
is_right('Putin',           'putin-zh',   'normal');
is_right('Trump',           'trump-zh');
is_right('Kerry',           'kerry-ar');
is_right('Houthi',          'houthi-ar');
is_right('Damascus',        'damascus');
is_right('Kyiv',            'kyiv-uk');
is_right('Silicon Valley',  'valley-zh');
is_right('Kim Jong-un',     'kim-zh');
is_right('Kim Jong Un',     'kim-zh');
is_right("普京", 'en-putin');

is(join(' ', grep { /^(?:me|words)/ } found('Minh')), '', 'a short name is not the "in" or "from" of another language');
is(join(' ', grep { /^words/ } found('Hull')), '', 'nor is a place "about"');
is(scalar(grep { /^costa/ } found('Kishida')), 0, 'a name that is known is not looked for by its sound');

is(join(' ', grep { /^en-/ } found('背景')), '', 'the background is not Beijing');
is(join(' ', grep { /^en-/ } found('普通')), '', 'what is ordinary is not Putin');
is(join(' ', grep { /^en-/ } found('摸底')), '', 'nor is a survey Modi');
is(join(' ', grep { /^en-/ } found('بما')), '', 'nor "by what" Obama');

# Thirty articles in Chinese, one in English: a word in another script is the same word, and weighs half at most
my @beijing = found('Beijing');
is($beijing[0], 'en-beijing', 'the word as it was typed comes first');
is(scalar(grep { /^beijing/ } @beijing), 30, 'all articles that write it in Chinese are found');
my $r = searcher('--db', $db, '--format=json', '--explain', '-n', 40, 'Beijing');
my %score = map { $_->{id} => $_->{score} } @{ decode_json($r->{stdout})->{hits} };
cmp_ok($score{'beijing1'}, '<', 0.6 * $score{'en-beijing'}, 'and weigh less than the word itself');

ok(told('Putin')->{"普京"}, 'names in other scripts are told without --explain');

done_testing();
