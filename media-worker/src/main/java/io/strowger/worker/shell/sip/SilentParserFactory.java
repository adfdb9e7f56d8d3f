package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.text.ParseException;

/// Parsers that throw away what they cannot read. The library's own would have it answer 400 to
/// anybody who sends a broken request, which tells a scanner what lives here. Made by the library,
/// by name.
public final class SilentParserFactory implements MessageParserFactory {
    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return new SilentParser();
    }

    private static final class SilentParser extends StringMsgParser {
        @Override
        public SIPMessage parseSIPMessage(
                byte[] bytes, boolean trimBody, boolean strict, ParseExceptionListener listener)
                throws ParseException {
            return super.parseSIPMessage(
                    bytes,
                    trimBody,
                    strict,
                    (failure, message, headerClass, header, text) -> {
                        if (MessageReader.isNeeded(headerClass)) {
                            throw failure;
                        }
                    });
        }
    }
}
