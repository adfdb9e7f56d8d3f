package io.strowger.worker.shell.speech;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// SSML (W3C, version 1.1) reduced to the elements that change how a text sounds. It comes from
/// outside: what reaches for files or addresses (`audio`, `lexicon`, `meta`, a document type) is
/// left out, with the text inside it kept, as the standard says of elements that are not known.
public final class Ssml {
    private static final Map<String, Set<String>> KEPT =
            Map.of(
                    "p", Set.of(),
                    "s", Set.of(),
                    "sub", Set.of("alias"),
                    "break", Set.of("time", "strength"),
                    "emphasis", Set.of("level"),
                    "say-as", Set.of("interpret-as", "format"),
                    "prosody", Set.of("rate", "pitch", "range", "volume"));

    /// Not well-formed, or not SSML.
    public static final class NotSsmlException extends Exception {
        private static final long serialVersionUID = 1L;

        NotSsmlException(String message) {
            super(message);
        }
    }

    private Ssml() {}

    /// @return a document with `speak` around it; voices are told by language only
    /// @throws NotSsmlException when it cannot be read; the message is for people
    public static String reduced(String ssml) throws NotSsmlException {
        XMLInputFactory reading = XMLInputFactory.newDefaultFactory();
        reading.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        reading.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        reading.setProperty(XMLInputFactory.IS_COALESCING, true);
        StringWriter text = new StringWriter();
        try {
            XMLStreamReader in = reading.createXMLStreamReader(new StringReader(ssml.strip()));
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            in.nextTag();
            if (!in.getLocalName().equals("speak")) {
                throw new NotSsmlException("SSML begins with <speak>");
            }
            out.writeStartElement("speak");
            writeLanguage(in, out, XMLConstants.XML_NS_URI, "lang");
            copy(in, out);
            out.writeEndDocument();
            out.close();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new NotSsmlException("the SSML is not well-formed: " + firstLine(e));
        }
    }

    private static void copy(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(in, out);
                case XMLStreamConstants.END_ELEMENT -> {
                    if (isWritten(in.getLocalName())) {
                        out.writeEndElement();
                    }
                }
                case XMLStreamConstants.CHARACTERS -> out.writeCharacters(in.getText());
                default -> {
                    // Comments, processing instructions and the like are not spoken.
                }
            }
        }
    }

    private static void start(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        String name = in.getLocalName();
        if (name.equals("voice")) {
            out.writeStartElement("voice");
            writeLanguage(in, out, null, "name");
        } else if (name.equals("lang")) {
            out.writeStartElement("voice");
            writeLanguage(in, out, XMLConstants.XML_NS_URI, "lang");
        } else if (isWritten(name)) {
            out.writeStartElement(name);
            for (String attribute : KEPT.getOrDefault(name, Set.of())) {
                String value = in.getAttributeValue(null, attribute);
                if (value != null) {
                    out.writeAttribute(attribute, value);
                }
            }
        }
    }

    private static boolean isWritten(String element) {
        return KEPT.containsKey(element)
                || element.equals("voice")
                || element.equals("lang")
                || element.equals("speak");
    }

    private static void writeLanguage(
            XMLStreamReader in, XMLStreamWriter out, @Nullable String space, String attribute)
            throws XMLStreamException {
        String value = in.getAttributeValue(space, attribute);
        if (value == null) {
            value = in.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
        }
        if (value != null) {
            out.writeAttribute("xml:lang", Languages.of(value, null).getFirst());
        }
    }

    private static String firstLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
