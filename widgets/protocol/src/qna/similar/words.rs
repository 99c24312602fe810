//! The few words that are known: those that say little, those that say the same, and those that must agree.

/// What is known of a word.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    /// Nearly every question has it.
    Filler,
    /// It says the same as the others of its group, whose sign this is.
    Same(char),
    /// The same, and what it says is what the question turns on.
    Mark(char),
}

/// Words that say little.
const FILLERS: &str = "a an the is are am im was were be been it its this that these those one ones i you we they he she me my our your us u \
do does did have has had got get gets come comes will would can could should may of in on at to for from with by as if or and but so \
what which how there here any some please pls thanks thank hi hello hey guys everyone anyone available possible today now ok know want like need just \
el la los las lo un una unos unas es son esta estan este esto esa ese hay habra tiene tienen tengo ser puedo puede pueden podre se me te mi su de del en con para por al a y o si que cual cuales como hola gracias favor quiero saber ustedes les le nos bien esta \
的 了 吗 呢 吧 啊 呀 哦 是 有没有 有 可不可以 可以 能不能 能 会不会 会 请问 请 你们 你 我 想 这个 这件 这款 这 那 个 要 还 也 都 就 在 和 谢谢 麻烦 一下 什么 哪些 怎么样 怎么 多少 \
ありますか あります ですか です でしょうか ますか ます ください 下さい 教えて この これ それ その って の は が を に で と も か へ や ね よ 何 さん \
هل في فيه ما هو هي هذا هذه من علي الي او لو سمحتم سمحت يوجد متوفر ممكن يمكن يمكنني عندكم السلام عليكم اي ايش وش شو ان هناك مع شكرا ولا اذا كيف كم";

/// Words that say the same, a line for each group.
const GROUPS: &str = "\
ship delivery deliver delivered send envio envian enviar 发货 寄 出货 发送 配送 شحن تشحنون توصيل
price prices cost much precio cuesta costo vale 多少钱 价格 价钱 いくら 値段 価格 سعر بكم تكلف
time long day when soon cuando tarda tiempo dias hora 多久 什么时候 几天 几点 何时 いつ どのくらい どれくらい متي يستغرق يوم
discount coupon promo voucher descuento cupon 优惠码 折扣码 优惠券 折扣 割引 クーポン خصم
return refund devolver devolverlo devolucion 退货 退 返品 ارجاع ارجاعه ارجع
exchange cambiar cambiarlo cambio 换货 换 交换 استبدال
colour color colores 颜色 色 لون الوان
size talla tallas 尺码 尺寸 サイズ مقاس مقاسات
material fabric 材质 面料 素材 خام
wash washable lavar lavarlo 洗 غسل غسله يغسل
stream live livestream directo vivo 直播 配信 بث
restock stock 补货 再入荷
tall height altura mide mido 身高 多高 身长 طول طولي
sound audio escucha 声音 音声 音 صوت
use used apply usa uso 怎么用 使用 用 使い 使え استخدم استخدام
支付宝 alipay
pay accept pagar aceptan 付款 支付 支払い 払え دفع ادفع
work funciona sirve يعمل يناسب مناسب
not doesnt dont isnt cant cannot wont didnt no 不 没 ません ないです لا ليس
show see mostrar muestra 看 展示 见せて";

/// Words that must agree, a line for each group.
const MARKS: &str = "\
where donde 哪里 哪 どこ اين
who quien 谁 誰 من
why porque 为什么 なぜ لماذا
red rojo roja 红 赤 احمر حمراء
blue azul 蓝 青 ازرق زرقاء
black negro negra 黑 黒 اسود سوداء
white blanco blanca 白 ابيض بيضاء
green verde 绿 緑 اخضر خضراء
yellow amarillo amarilla 黄 اصفر
pink rosa 粉 ピンク وردي
grey gray gris 灰 グレー رمادي
brown marron 棕 茶 بني
purple morado 紫 بنفسجي
beige 米色 ベージュ بيج";

/// What is known of a word that stands by itself.
pub(super) fn meaning(word: &[char]) -> Option<Meaning> {
    [stem(word), word].into_iter().find_map(|word| {
        leading(word)
            .filter(|(length, _)| *length == word.len())
            .map(|(_, meaning)| meaning)
    })
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    [FILLERS, GROUPS, MARKS]
        .into_iter()
        .flat_map(|list| list.split([' ', '\n']))
}

/// The longest known word that a text without spaces begins with, and its length.
pub(super) fn leading(text: &[char]) -> Option<(usize, Meaning)> {
    let sign = |first: u32, group: u32| char::from_u32(first + group).unwrap_or(' ');
    let found = [
        longest(FILLERS, text).map(|(length, _)| (length, Meaning::Filler)),
        longest(GROUPS, text).map(|(length, group)| (length, Meaning::Same(sign(0xe000, group)))),
        longest(MARKS, text).map(|(length, group)| (length, Meaning::Mark(sign(0xe100, group)))),
    ];
    found
        .into_iter()
        .flatten()
        .max_by_key(|(length, _)| *length)
}

/// The longest word of a list that a text begins with: its length, and the number of its line.
///
/// One pass, since it is asked for at every character; by hand, since it is a tenth of the size of `lines` and `split`.
fn longest(list: &str, text: &[char]) -> Option<(usize, u32)> {
    let (mut best, mut group, mut met) = (None, 0, Some(0));
    for c in list.chars().chain(['\n']) {
        if c == ' ' || c == '\n' {
            if met > Some(best.map_or(0, |(length, _)| length)) {
                best = met.map(|length| (length, group));
            }
            met = Some(0);
            group += u32::from(c == '\n');
        } else {
            met = met
                .filter(|place| text.get(*place) == Some(&c))
                .map(|place| place + 1);
        }
    }
    best
}

/// S, M, XL and the like.
pub(super) fn is_size(word: &[char]) -> bool {
    match word {
        ['s' | 'm' | 'l'] => true,
        [x @ .., 's' | 'l'] => x.len() <= 3 && x.iter().all(|c| *c == 'x'),
        _ => false,
    }
}

/// A word without the English endings that mean no other thing, or without the Arabic article
/// and the endings of gender and owner.
pub(super) fn stem(word: &[char]) -> &[char] {
    match word {
        [rest @ .., 'i', 'n', 'g'] | [rest @ .., 'e', 'd'] if rest.len() > 3 => stem(rest),
        [rest @ .., 'e' | 's'] if rest.len() > 2 => rest,
        [rest @ .., one, two] if rest.len() > 1 && one == two && one.is_ascii() => {
            &word[..word.len() - 1]
        }
        ['ا', 'ل', rest @ ..]
        | ['ل', 'ل', rest @ ..]
        | ['ب', 'ا', 'ل', rest @ ..]
        | ['و', 'ا', 'ل', rest @ ..]
            if rest.len() > 2 =>
        {
            rest
        }
        word => word,
    }
}

/// The simplified form of a traditional character that live shopping needs; others are left as they are.
pub(super) fn simplified(c: char) -> char {
    const TRADITIONAL: &str = "這个個个嗎吗碼码顏颜紅红藍蓝綠绿發发貨货運运費费質质優优換换時时間间會会還还沒没買买賣卖價价錢钱樣样問问題题說说話话見见長长寬宽輕轻國国東东對对為为張张號号種种現现開开關关麼么幾几過过區区點点適适體体試试線线頭头髮发褲裤單单雙双滿满減减贈赠禮礼鏈链連连結结後后裡里裏里講讲帶带實实圖图視视頻频聲声聽听達达訂订從从進进電电腦脑機机謝谢請请總总給给讓让應应當当別别貴贵檢检內内襯衬膚肤幫帮氣气塊块補补無无夠够選选證证險险標标籤签評评論论購购";
    let mut chars = TRADITIONAL.chars();
    while let (Some(old), Some(new)) = (chars.next(), chars.next()) {
        if old == c {
            return new;
        }
    }
    c
}
