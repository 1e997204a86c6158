//! The contract between rows in; queries for the rows that break it, a line of words for each, out.

/// Checks that SQL can make: name, rows looked at, a line for each fault.
pub(super) const BY_QUERY: [(&str, &str, &str); 13] = [
    (
        "words of sentences",
        "SELECT count(*) FROM sentence",
        "SELECT d.name || ' at ' || x.start || ': the text has “' || substr(d.text, x.start + 1, x.\"end\" - x.start)
                || '”, the sentence “' || x.text || '”'
         FROM sentence x JOIN document d ON d.id = x.document
         WHERE substr(d.text, x.start + 1, x.\"end\" - x.start) IS NOT x.text OR x.text = ''",
    ),
    (
        "words of mentions",
        "SELECT count(*) FROM mention",
        "SELECT d.name || ' at ' || x.start || ': the text has “' || substr(d.text, x.start + 1, x.\"end\" - x.start)
                || '”, the mention “' || x.text || '”'
         FROM mention x JOIN document d ON d.id = x.document
         WHERE substr(d.text, x.start + 1, x.\"end\" - x.start) IS NOT x.text OR x.text = ''",
    ),
    (
        "words of edges' ends",
        "SELECT 2 * count(*) FROM evidence",
        "SELECT d.name || ' at ' || x.start || ': the text has “' || substr(d.text, x.subject_start + 1, x.subject_end - x.subject_start)
                || '” and “' || substr(d.text, x.object_start + 1, x.object_end - x.object_start) || '”, the evidence “'
                || x.subject_text || '” and “' || x.object_text || '”'
         FROM evidence x JOIN document d ON d.id = x.document
         WHERE substr(d.text, x.subject_start + 1, x.subject_end - x.subject_start) IS NOT x.subject_text
            OR substr(d.text, x.object_start + 1, x.object_end - x.object_start) IS NOT x.object_text",
    ),
    (
        "words of claims",
        "SELECT 2 * count(*) FROM claim",
        "SELECT d.name || ' at ' || x.start || ': the text has “' || substr(d.text, x.subject_start + 1, x.subject_end - x.subject_start)
                || '” and “' || substr(d.text, x.object_start + 1, x.object_end - x.object_start) || '”, the claim “'
                || x.subject_text || '” and “' || x.object_text || '”'
         FROM claim x JOIN document d ON d.id = x.document
         WHERE substr(d.text, x.subject_start + 1, x.subject_end - x.subject_start) IS NOT x.subject_text
            OR substr(d.text, x.object_start + 1, x.object_end - x.object_start) IS NOT x.object_text",
    ),
    (
        "places of triggers",
        "SELECT count(*) FROM evidence",
        "SELECT d.name || ' at ' || x.start || ': the trigger [' || x.trigger_start || ', ' || x.trigger_end
                || ') lies outside its clause, or is empty'
         FROM (SELECT document, start, \"end\", trigger_start, trigger_end FROM evidence
               UNION ALL SELECT document, start, \"end\", trigger_start, trigger_end FROM claim) x
         JOIN document d ON d.id = x.document
         WHERE x.trigger_start < x.start OR x.trigger_end > x.\"end\" OR x.trigger_start >= x.trigger_end
            OR x.\"end\" > length(d.text)",
    ),
    (
        "places of sentences",
        "SELECT count(*) FROM mention WHERE sentence IS NOT NULL",
        "SELECT d.name || ' at ' || x.start || ': “' || x.text || '” lies outside its sentence'
         FROM mention x JOIN document d ON d.id = x.document JOIN sentence s ON s.id = x.sentence
         WHERE s.document <> x.document OR x.start < s.start OR x.start >= s.\"end\"",
    ),
    (
        "edges have evidence",
        "SELECT count(*) FROM relation",
        "SELECT printf('edge %016x has no evidence', id) FROM relation
         WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE relation = relation.id)",
    ),
    (
        "mutual edges in order",
        "SELECT count(*) FROM relation WHERE symmetric",
        "SELECT printf('edge %016x: %s comes after %s', id, subject, object) FROM relation WHERE symmetric AND subject > object",
    ),
    (
        "trust of evidence",
        "SELECT count(*) FROM evidence WHERE trust IS NOT NULL",
        // Where a mention is the whole end, what found it bounds the level.
        "SELECT d.name || ' at ' || x.start || ': “' || m.text || '” was found by ' || m.found_by
                || ', and the edge is of level ' || x.trust
         FROM (SELECT v.document, v.start, v.trust, v.subject_start AS a, v.subject_end AS b, coalesce(v.subject_as_read, r.subject) AS entity
               FROM evidence v JOIN relation r ON r.id = v.relation
               UNION ALL
               SELECT v.document, v.start, v.trust, v.object_start, v.object_end, coalesce(v.object_as_read, r.object)
               FROM evidence v JOIN relation r ON r.id = v.relation) x
         JOIN mention m ON m.document = x.document AND m.start = x.a AND m.\"end\" = x.b AND m.as_read = x.entity
         JOIN document d ON d.id = x.document
         WHERE x.trust > CASE WHEN m.kind <> 'name' THEN 3 WHEN m.found_by IN ('recogniser', 'given-name', 'person-verb', 'repeat') THEN 2
                              ELSE 5 END
           AND m.found_by IS NOT NULL",
    ),
    (
        "names",
        "SELECT count(*) FROM entity",
        "SELECT id || ': “' || name || '” is not among its names' FROM entity
         WHERE NOT EXISTS (SELECT 1 FROM alias WHERE entity = entity.id AND text = entity.name)",
    ),
    (
        "leaders of origins",
        "SELECT count(*) FROM origin",
        "SELECT d.name || ' leads an origin and belongs to another' FROM origin o JOIN document d ON d.id = o.id
         WHERE d.origin <> o.id",
    ),
    (
        "foreign keys",
        "SELECT (SELECT count(*) FROM mention) + (SELECT count(*) FROM evidence) + (SELECT count(*) FROM claim)",
        "SELECT \"table\" || ' row ' || coalesce(rowid, '?') || ' points to nothing in ' || parent FROM pragma_foreign_key_check",
    ),
    (
        "pages of the file",
        "SELECT page_count FROM pragma_page_count",
        "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    ),
];
