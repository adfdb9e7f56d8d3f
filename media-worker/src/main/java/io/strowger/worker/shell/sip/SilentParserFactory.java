package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.text.ParseException;
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
        return new SilentParser();
    }

    private static final class SilentParser extends StringMsgParser {
        /// @return null when it is to be thrown away; an exception would be answered
        @Override
        public @Nullable SIPMessage parseSIPMessage(
                byte[] bytes, boolean trimBody, boolean strict, ParseExceptionListener listener) {
            try {
                SIPMessage message =
                        super.parseSIPMessage(bytes, trimBody, strict, SilentParserFactory::judge);
                return message == null || isWhole(message) ? message : null;
            } catch (ParseException e) {
                LOG.atDebug().setCause(e).log("SIP message that cannot be read dropped");
                return null;
            }
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
            Class<?> headerClass,
            String header,
            String text)
            throws ParseException {
        if (MessageReader.isNeeded(headerClass)) {
            throw failure;
        }
    }
}
