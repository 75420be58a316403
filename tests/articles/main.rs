//! Articles as they really come: pages, fragments, ninjs, JSON-LD, feeds, languages.

mod editions;
mod pages_of_all_kinds;
mod real;

use attache::{
    extract::{Article, Warning},
    messages::{DecodeLimits, Envelope, FieldPointers, decode, decode_at},
    text::{html, language},
};

#[track_caller]
fn read(json: &str) -> (Article, Vec<Warning>) {
    decode(json.as_bytes(), &Envelope::default(), &DecodeLimits::default()).expect("the article is decodable")
}

fn codes(warnings: &[Warning]) -> Vec<&str> {
    warnings.iter().map(|warning| warning.code).collect()
}

/// Title, first words of the text, day, language, id.
#[track_caller]
fn check(json: &str, title: &str, text: &str, day: &str, language: &str, id: &str) {
    let (article, warnings) = read(json);
    let found_day = article.published.map(|published| published.day.to_string()).unwrap_or_default();
    let found = (
        article.title.as_deref().unwrap_or_default(),
        article.text.as_str(),
        found_day.as_str(),
        article.language.as_str(),
        article.id.as_str(),
    );
    assert_eq!(found, (title, text, day, language, id));
    assert_eq!(codes(&warnings), [""; 0]);
}

mod shapes {
    use super::*;

    const TEXT: &str = "The minister said on Monday that the two countries would open their border in May.";

    #[test]
    fn plain_and_its_other_names() {
        for (text, title, date, id) in [
            ("text", "title", "published_at", "id"),
            ("body", "headline", "date", "guid"),
            ("content", "title", "pubDate", "uuid"),
            ("article", "title", "publishedAt", "_id"),
            ("maintext", "heading", "date_published", "article_id"),
            ("description", "title", "published", "id"),
            ("html", "title", "timestamp", "id"),
        ] {
            let json = format!(
                r#"{{"{id}": "a-1", "{title}": "Border to &amp; open", "{text}": "{TEXT}", "{date}": "2018-04-09", "events": []}}"#
            );
            check(&json, "Border to & open", TEXT, "2018-04-09", "en", "a-1");
        }
    }

    #[test]
    fn feed_items() {
        let rss = format!(
            r##"{{"title": {{"#text": "Border to open"}}, "link": ["https://n.example/1"], "guid": {{"_": "g-1", "$": {{"isPermaLink": "false"}}}},
            "pubDate": "Mon, 09 Apr 2018 10:00:00 GMT", "description": "In short.", "content:encoded": "<p>{TEXT}</p><p>Read more</p>"}}"##
        );
        check(&rss, "Border to open", TEXT, "2018-04-09", "en", "g-1");
        let atom = format!(
            r#"{{"entry": {{"id": "tag:1", "title": {{"type": "text", "value": "Border to open"}}, "updated": "2018-04-09T10:00:00Z",
            "content": [{{"type": "text/html", "value": "<div>{TEXT}</div>"}}]}}}}"#
        );
        check(&atom, "Border to open", TEXT, "2018-04-09", "en", "tag:1");
        let wrapped = format!(r#"{{"_id": "e-1", "_source": {{"title": "T", "text": ["{TEXT}", "{TEXT}"], "date": 1523232000}}}}"#);
        check(&wrapped, "T", &format!("{TEXT}\n{TEXT}"), "2018-04-09", "en", "e-1");
        let stored =
            format!(r#"{{"_id": {{"$oid": "5acb"}}, "title": "T", "text": "{TEXT}", "date": {{"$date": "2018-04-09T10:00:00Z"}}}}"#);
        check(&stored, "T", TEXT, "2018-04-09", "en", "5acb");
    }

    #[test]
    fn json_ld() {
        let article = format!(
            r#"{{"@type": ["NewsArticle", "Thing"], "@id": "https://n.example/1#a", "headline": "Border to open", "articleBody": "{TEXT}",
            "datePublished": "2018-04-09T01:00:00+03:00", "inLanguage": {{"@type": "Language", "name": "English"}}, "publisher": {{"@id": "x"}}}}"#
        );
        for json in [
            article.replacen('{', r#"{"@context": "https://schema.org", "#, 1),
            format!(r#"{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "N"}}, {article}]}}"#),
            format!(r#"[{{"@context": "https://schema.org", "@type": "BreadcrumbList"}}, {article}]"#),
            format!(r#"{{"@context": "https://schema.org", "@type": "WebPage", "mainEntity": {article}}}"#),
            article.replace("\"NewsArticle\"", "\"http://schema.org/ReportageNewsArticle\""),
        ] {
            check(&json, "Border to open", TEXT, "2018-04-09", "en", "https://n.example/1#a");
        }
    }

    #[test]
    fn ninjs_1() {
        let json = format!(
            r#"{{"uri": "urn:n:1", "type": "text", "versioncreated": "2018-04-09T10:00:00Z", "language": "en-GB", "headline": "Border to open",
            "pubstatus": "usable", "body_xhtml": "<p>Not this.</p>", "body_text": "{TEXT}", "associations": {{"main": {{"uri": "p", "type": "picture"}}}}}}"#
        );
        check(&json, "Border to open", TEXT, "2018-04-09", "en", "urn:n:1");
        let only_xhtml = json.replace("body_text", "x_text").replace("Not this.", TEXT);
        check(&only_xhtml, "Border to open", TEXT, "2018-04-09", "en", "urn:n:1");
    }

    #[test]
    fn ninjs_2_and_3() {
        let json = format!(
            r#"{{"uri": "urn:n:1", "standard": {{"name": "ninjs", "version": "3.0"}}, "type": "text", "versionCreated": "2018-04-09T10:00:00+02:00",
            "language": "en", "headlines": [{{"role": "short", "value": "Border"}}, {{"role": "main", "value": "Border to open"}}],
            "bodies": [{{"contentType": "text/vnd.IPTC.NITF", "value": "<nitf/>"}}, {{"contentType": "text/html", "value": "<p>No</p>"}},
            {{"contentType": "text/plain", "value": "{TEXT}"}}]}}"#
        );
        check(&json, "Border to open", TEXT, "2018-04-09", "en", "urn:n:1");
        let html_only = json.replace("text/plain", "text/x").replace("<p>No</p>", &format!("<section><h1>H</h1><p>{TEXT}</p></section>"));
        check(&html_only, "Border to open", &format!("H\n{TEXT}"), "2018-04-09", "en", "urn:n:1");
        let digital_source =
            r#""version": "3.1"}, "digitalSourceType": {"name": "Digital creation", "uri": "http://cv.example/digitalCreation"}"#;
        check(&json.replace(r#""version": "3.0"}"#, digital_source), "Border to open", TEXT, "2018-04-09", "en", "urn:n:1");
        let teaser_first =
            json.replace(r#""bodies": ["#, r#""bodies": [{"contentType": "text/plain", "role": "teaser", "value": "In short."}, "#);
        check(&teaser_first, "Border to open", TEXT, "2018-04-09", "en", "urn:n:1");
        let summary = json.replace("bodies", "descriptions");
        assert!(!read(&summary).0.text.is_empty());
    }

    #[test]
    fn withdrawn_items_and_pictures_are_answered() {
        let (canceled, _) = read(r#"{"uri": "urn:n:1", "type": "text", "pubStatus": "canceled", "versionCreated": "2018-04-09"}"#);
        assert!(canceled.withdrawn);
        let (picture, warnings) =
            read(r#"{"uri": "urn:n:2", "type": "picture", "versioncreated": "2018-04-09", "description_text": "A border post."}"#);
        assert!(picture.passed_over);
        assert_eq!(codes(&warnings), ["not_text"]);
    }

    /// An embargo on publication is a date; the items within an item are other items.
    #[test]
    fn an_embargo_is_a_date_and_associations_are_passed_over() {
        let json = format!(
            r#"{{"uri": "urn:n:1", "type": "text", "embargoed": "2018-04-09T10:00:00Z", "headline": "Border to open", "pubstatus": "usable",
            "associations": {{"related": {{"uri": "urn:n:2", "type": "text", "body_text": "Not this."}}}}, "body_text": "{TEXT}"}}"#
        );
        check(&json, "Border to open", TEXT, "2018-04-09", "en", "urn:n:1");
    }

    #[test]
    fn pointers_go_before_the_known_names() {
        let json = format!(
            r#"{{"text": "Not this.", "story": {{"parts": [{{"p": "{TEXT}"}}], "h/1": "Border to open"}}, "meta": [{{"at": 1523232000}}]}}"#
        );
        let pointers = FieldPointers {
            text: vec!["/story/whole".into(), "/story/parts/0/p".into()],
            title: vec!["/story/h~11".into()],
            date: vec!["/meta/0/at".into()],
            ..FieldPointers::default()
        };
        let (article, _) = decode_at(json.as_bytes(), &Envelope::default(), &DecodeLimits::default(), &pointers).unwrap();
        let day = article.published.map(|published| published.day.to_string());
        assert_eq!((article.text.as_str(), article.title.as_deref(), day.as_deref()), (TEXT, Some("Border to open"), Some("2018-04-09")));
        let pair = format!("[{json}, 7]");
        let deeper = FieldPointers { text: vec!["/0/story/parts/0/p".into()], ..FieldPointers::default() };
        assert_eq!(decode_at(pair.as_bytes(), &Envelope::default(), &DecodeLimits::default(), &deeper).unwrap().0.text, TEXT);
        assert!(decode_at(pair.as_bytes(), &Envelope::default(), &DecodeLimits::default(), &pointers).is_err());
    }

    #[test]
    fn an_id_is_found_or_made() {
        let text = format!(r#"{{"text": "{TEXT}"}}"#);
        let with_message_id = Envelope { message_id: Some("m-1".into()), ..Envelope::default() };
        assert_eq!(decode(text.as_bytes(), &with_message_id, &DecodeLimits::default()).unwrap().0.id, "m-1");
        let (first, second) = (read(&text).0.id, read(&text).0.id);
        assert_eq!((first.len(), &first), (32, &second));
        assert_ne!(first, read(&text.replace("May", "June")).0.id);
    }

    #[test]
    fn an_unreadable_date_and_a_long_text_are_warnings() {
        let (article, warnings) = read(&format!(r#"{{"text": "{TEXT}", "date": "some day"}}"#));
        assert_eq!((article.published, codes(&warnings).as_slice()), (None, ["unreadable_date"].as_slice()));
        assert_eq!(codes(&read(&format!(r#"{{"text": "{TEXT}", "date": {{"at": 7}}}}"#)).1), ["unreadable_date"]);
        let limits = DecodeLimits { text_chars: 10, ..DecodeLimits::default() };
        let (article, warnings) = decode(format!(r#"{{"text": "é{TEXT}"}}"#).as_bytes(), &Envelope::default(), &limits).unwrap();
        assert_eq!((article.text.as_str(), codes(&warnings).as_slice()), ("éThe minis", ["text_cut"].as_slice()));
    }
}

mod pages {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Envoys return | The Example</title>
        <meta property="og:site_name" content="The Example"><meta property="article:published_time" content="2018-04-09T10:00:00Z">
        <style>p { color: red }</style><script>var tracker = "sanctions";</script></head><body>
        <nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
        <div class="cookie-banner"><p>We use cookies to make this page work.</p><button>Accept</button></div>
        <article><h1>Envoys return</h1><p class="byline">By Jane Doe</p><div class="share-bar"><a href="/s">Tweet</a></div>
        <figure><img src="a.jpg"><figcaption>The envoys in an earlier year. Photo: N. Obody</figcaption></figure>
        <p>Two envoys returned to their posts on Monday, a month after both capitals had called them home&nbsp;for talks.</p>
        <p>Advertisement</p>
        <p>The foreign ministry said that it &ldquo;welcomed&rdquo; the step,<br>and that further talks would follow in the spring, officials said.</p>
        <ul><li>The first round was held in March in the capital.</li><li>The second is planned for May, in Geneva.</li></ul>
        <table><tr><td>Embassy</td><td>Open</td></tr><tr><td>Consulate</td><td>Closed</td></tr></table>
        <p>Neither side would say who had asked for the meeting, which came after weeks of silence between the two governments.</p>
        <aside class="related"><h3>Related</h3><a href="/x">Ministers trade insults</a></aside>
        <p>Read more: What the envoys left behind</p></article>
        <div class="newsletter"><p>Sign up for our newsletter</p></div><footer>© The Example</footer></body></html>"#;

    #[test]
    fn a_page_gives_its_article_and_nothing_else() {
        let page = html::read(PAGE);
        for junk in [
            "tracker",
            "color",
            "Home",
            "cookies",
            "Accept",
            "Jane Doe",
            "Tweet",
            "Photo",
            "Advertisement",
            "insults",
            "Read more",
            "newsletter",
            "©",
        ] {
            assert!(!page.text.contains(junk), "{junk:?} in {:?}", page.text);
        }
        for line in [
            "Two envoys returned to their posts on Monday, a month after both capitals had called them home for talks.",
            "The first round was held in March in the capital.",
            "The second is planned for May, in Geneva.",
            "The foreign ministry said that it “welcomed” the step,",
        ] {
            assert!(page.text.lines().any(|found| found == line), "{line:?} is no line of {:?}", page.text);
        }
        assert_eq!((page.title.as_deref(), page.published.as_deref()), (Some("Envoys return"), Some("2018-04-09T10:00:00Z")));
    }

    #[test]
    fn a_page_as_a_message() {
        let envelope = Envelope { content_type: Some("text/html".into()), message_id: Some("p-1".into()), ..Envelope::default() };
        let (article, warnings) = decode(PAGE.as_bytes(), &envelope, &DecodeLimits::default()).unwrap();
        assert_eq!((article.id.as_str(), article.title.as_deref(), article.text_from_html), ("p-1", Some("Envoys return"), true));
        assert_eq!((article.published.unwrap().day.to_string().as_str(), article.language.as_str()), ("2018-04-09", "en"));
        assert_eq!(codes(&warnings), [""; 0]);
    }

    #[test]
    fn fragments_keep_their_blocks_apart() {
        for (markup, text) in [
            ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
            ("One.<br/>Two.<br><br>Three.", "One.\nTwo.\nThree."),
            ("<h2>Head</h2>Text <b>bold</b>ly <i>set</i>.", "Head\nText boldly set."),
            ("A &amp; B &lt;c&gt; &#8212; &eacute;&nbsp;d", "A & B <c> — é d"),
            ("<script>x()</script><p>One.</p><style>y</style>", "One."),
            ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
            (
                "<p>One two three four five.</p><p><a>Share this</a> | <a>Print</a></p><ul><li><a>Other</a></li><li><a>Another</a></li></ul>",
                "One two three four five.",
            ),
            ("<p><a>One sentence is a link.</a></p><p>Two.</p>", "One sentence is a link.\nTwo."),
            ("<p>One two three.</p><p><a>Envoys quarrel</a></p><p>Four five six.</p>", "One two three.\nFour five six."),
            (
                "<p>One two three four.</p><h2>More on this story</h2><ul><li><a>Envoys quarrel</a></li></ul><div data-component='byline-block'>By A</div>",
                "One two three four.",
            ),
            (
                "<p>They named two men.</p><table><tr><td><a>John Doe</a></td><td>Oslo</td></tr></table>",
                "They named two men.\nJohn Doe Oslo",
            ),
            ("<ul><li><a>One</a></li><li><a>Two</a></li></ul>", "One\nTwo"),
            ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\nMeaning"),
            ("<p>Unclosed <div>One<div>Two", "Unclosed\nOne\nTwo"),
            ("", ""),
        ] {
            assert_eq!(html::read(markup).text, text, "{markup}");
        }
    }

    #[test]
    fn hostile_markup_is_bounded() {
        for unit in ["<div>", "<b>", "<a><p>", "<table><tr><td>", "<", "<!--", "&", "</p>", "<svg>", "<div></x>"] {
            let start = std::time::Instant::now();
            html::read(&unit.repeat(30_000));
            html::read(&format!("<body>{}", unit.repeat(30_000)));
            assert!(start.elapsed().as_secs() < 20, "{unit} took {:?}", start.elapsed());
        }
    }
}

mod languages {
    use super::*;

    #[test]
    fn english_of_all_kinds_is_english() {
        for text in [
            "Russia expels diplomats.",
            "Talks resume.",
            "EU imposes sanctions on Belarus",
            "PRESIDENT XI MEETS WITH VLADIMIR PUTIN IN MOSCOW, SIGNS TRADE DEALS WORTH BILLIONS",
            "Bashar al-Assad, Recep Tayyip Erdoğan, Hassan Rouhani and Angela Merkel",
            "Turkey–Greece relations, Cyprus–Greece relations",
            "Kim Jong-un, Moon Jae-in: Panmunjom summit",
            "Merkel visits Ankara",
            "Sánchez met López Obrador.",
            "« Nous sommes prêts », the minister said on Monday after the talks in Paris with his colleague, who had flown in overnight.",
            "Der Spiegel reported on Saturday that the chancellor would travel to Oslo and meet with the king.",
        ] {
            assert_eq!(language::detect(text).map(|detected| detected.code), Some("en"), "{text}");
        }
    }

    #[test]
    fn other_languages_are_told() {
        for (text, code) in [
            ("Der Außenminister traf sich am Montag mit seinem Kollegen, um über das Abkommen und die Grenze zu sprechen.", "de"),
            ("Le ministre des Affaires étrangères a rencontré lundi son homologue pour parler de la frontière.", "fr"),
            ("El ministro se reunió el lunes con su homólogo para hablar de la frontera y del tratado comercial.", "es"),
            ("Minister spotkał się w poniedziałek ze swoim odpowiednikiem, aby rozmawiać o granicy i umowie.", "pl"),
            ("Utenriksministeren møtte i dag sin kollega for å snakke om grensen og avtalen mellom landene.", "nb"),
            ("Selskapet har kjøpt en tomt i byen på nærmere to tusen mål, og vil bygge et anlegg for all lagring her i landet.", "nb"),
            ("Министр иностранных дел встретился в понедельник со своим коллегой.", "ru"),
            ("外交部长星期一会见了他的同事。", "zh"),
            ("Le président reçoit son homologue turc", "fr"),
            ("Nga trục xuất hai nhà ngoại giao Anh.", "vi"),
            ("De minister van Buitenlandse Zaken sprak maandag met zijn collega over de grens, “the border”, en het verdrag.", "nl"),
            ("التقى وزير الخارجية نظيره يوم الاثنين", "ar"),
        ] {
            let detected = language::detect(text).unwrap();
            assert_eq!(detected.code, code, "{text}");
        }
        assert_eq!(language::detect("2018: 1,204 / 77 %"), None);
    }

    #[test]
    fn tags_and_names_mean_a_code() {
        for (tag, code) in [
            ("en", "en"),
            ("en-US", "en"),
            ("en_GB", "en"),
            ("eng", "en"),
            ("English", "en"),
            ("nb-NO", "nb"),
            ("no", "nb"),
            ("zh-Hans", "zh"),
            ("DE", "de"),
        ] {
            assert_eq!(language::from_tag(tag), Some(code), "{tag}");
        }
        assert_eq!(language::from_tag("xx"), None);
        assert_eq!(language::from_tag(""), None);
    }

    #[test]
    fn a_wrong_declaration_is_a_warning() {
        let german = "Der Außenminister traf sich am Montag mit seinem Kollegen, um über das Abkommen und die Grenze zu sprechen.";
        let (article, warnings) = read(&format!(r#"{{"text": "{german}", "language": "en"}}"#));
        assert_eq!((article.language.as_str(), codes(&warnings).as_slice()), ("de", ["language_mismatch"].as_slice()));
    }
}
