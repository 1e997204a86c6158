//! A verb's form and its rule-made lemma in, the better lemma out where English spelling settles it.

/// "hoped" is a form of *hope*: a short verb with one vowel before one consonant would have doubled it (*hopped*).
///
/// The rule lemmatiser takes the first word that its index knows, *hop*. `None`: nothing to mend.
///
/// ```
/// use wiregraph::syntax::undoubled;
/// assert_eq!(undoubled("fined", "fin").as_deref(), Some("fine"));
/// assert_eq!(undoubled("hopping", "hop"), None);
/// assert_eq!(undoubled("talked", "talk"), None);
/// ```
pub fn undoubled(form: &str, lemma: &str) -> Option<String> {
    let form = form.to_lowercase();
    let ending = form.strip_prefix(lemma)?;
    let letters: Vec<char> = lemma.chars().collect();
    let [.., before, last] = letters[..] else { return None };
    let vowels = letters.iter().filter(|c| is_vowel(**c)).count();
    let doubles = vowels == 1 && is_vowel(before) && !is_vowel(last) && !"wxysz".contains(last);
    (matches!(ending, "ed" | "ing" | "es") && doubles).then(|| format!("{lemma}e"))
}

fn is_vowel(letter: char) -> bool {
    "aeiouy".contains(letter)
}
