package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parsers that throw away what they cannot read. The library's own would have it answer 400 to
/// anybody who sends a broken request, which tells a scanner what lives here. Made by the library,
/// by name.
public final class SilentParserFactory implements MessageParserFactory {
    private static final Logger LOG = LoggerFactory.getLogger(SilentParserFactory.class);

    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return parser();
    }

    static MessageParser parser() {
        return new SilentParser();
    }

    private static final class SilentParser extends StringMsgParser {
        /// @return null when it is to be thrown away; an exception would be answered
        @Override
        public @Nullable SIPMessage parseSIPMessage(
                byte[] bytes, boolean trimBody, boolean strict, ParseExceptionListener listener) {
            if (!isOurVersion(bytes)) {
                LOG.atDebug().log("SIP request of another version dropped");
                return null;
            }
            try {
                SIPMessage message =
                        super.parseSIPMessage(bytes, trimBody, strict, SilentParserFactory::judge);
                return message == null || isWhole(message) ? message : null;
            } catch (ParseException | RuntimeException e) {
                // The library's parsers throw as they like.
                LOG.atDebug().setCause(e).log("SIP message that cannot be read dropped");
                return null;
            }
        }

        /// The library takes any version for its own.
        private static boolean isOurVersion(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1).stripLeading();
            int end = text.indexOf('\n');
            String line = text.substring(0, end < 0 ? text.length() : end).strip();
            return line.startsWith("SIP/") || line.toUpperCase(Locale.ROOT).endsWith(" SIP/2.0");
        }

        private static boolean isWhole(SIPMessage message) {
            return MessageReader.isWhole(message)
                    && (!(message instanceof SIPRequest request)
                            || request.getMethod().equals(request.getCSeq().getMethod()));
        }
    }

    private static void judge(
            ParseException failure,
            SIPMessage message,
            @Nullable Class<?> headerClass,
            String header,
            String text)
            throws ParseException {
        if (MessageReader.isNeeded(headerClass)) {
            throw failure;
        }
    }
}
