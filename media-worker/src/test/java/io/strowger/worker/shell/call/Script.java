package io.strowger.worker.shell.call;

import java.util.Locale;

/// A SIPp scenario, written step by step: the far end of a call of ours. Text in it may use SIPp's
/// keywords, e.g. `[local_port]`.
final class Script {
    static final String SDP =
            """
            v=0
            o=phone 1 1 IN IP[local_ip_type] [local_ip]
            s=-
            c=IN IP[media_ip_type] [media_ip]
            t=0 0
            m=audio [media_port] RTP/AVP 8 101
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            """;
    static final String CONTACT =
            "Contact: <sip:phone@[local_ip]:[local_port];transport=[transport]>";
    private final StringBuilder steps = new StringBuilder();
    private int checks;
    private boolean answers;

    /// Waits for the INVITE and remembers where to send requests.
    static Script called() {
        Script script = new Script();
        script.answers = true;
        script.steps.append(
                """
                <recv request="INVITE" crlf="true"><action>
                  <ereg regexp="[^;]*;tag=.*" search_in="hdr" header="From:" check_it="true" assign_to="caller"/>
                  <ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact:" check_it="true" assign_to="target"/>
                  <ereg regexp=".*" search_in="hdr" header="Via:" check_it="true" assign_to="via"/>
                  <ereg regexp=".*" search_in="hdr" header="CSeq:" check_it="true" assign_to="cseq"/>
                </action></recv>
                <Reference variables="caller,target,via,cseq"/>
                """);
        return script;
    }

    Script receive(String method) {
        steps.append("<recv request=\"").append(method).append("\"/>\n");
        return this;
    }

    /// Takes a request of this kind if it comes before what is waited for next.
    Script mayReceive(String method) {
        steps.append("<recv request=\"").append(method).append("\" optional=\"true\"/>\n");
        return this;
    }

    /// Waits for a request whose header matches.
    Script receive(String method, String header, String regexp) {
        String variable = "check" + ++checks;
        steps.append(
                """
                <recv request="%s"><action>
                  <ereg regexp="%s" search_in="hdr" header="%s:" check_it="true" assign_to="%s"/>
                </action></recv>
                <Reference variables="%s"/>
                """
                        .formatted(method, xml(regexp), header, variable, variable));
        return this;
    }

    Script expect(int status) {
        steps.append("<recv response=\"").append(status).append("\"/>\n");
        return this;
    }

    Script pause(int ms) {
        steps.append("<pause milliseconds=\"").append(ms).append("\"/>\n");
        return this;
    }

    /// Answers the last request.
    Script respond(int status, String... headers) {
        return respondTo("[last_CSeq:]", "phone[call_number]", status, "", headers);
    }

    /// Answers the last request with a session description.
    Script respondWith(String sdp, int status, String... headers) {
        return respondTo("[last_CSeq:]", "phone[call_number]", status, sdp, headers);
    }

    /// Answers with another CSeq line or To tag than the last request's.
    Script respondTo(String cseq, String tag, int status, String sdp, String... headers) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Status\n");
        text.append("[last_Via:]\n[last_From:]\n[last_To:];tag=" + tag + "\n[last_Call-ID:]\n");
        text.append(cseq).append('\n');
        boolean contact = false;
        for (String header : headers) {
            text.append(header).append('\n');
            contact |= header.toLowerCase(Locale.ROOT).startsWith("contact");
        }
        if (!contact) {
            text.append(CONTACT).append('\n');
        }
        return send(text, sdp);
    }

    /// Answers the INVITE once more, as another phone behind a forking proxy does, after the ACK to
    /// the first answer: two answers sent at once may be read in either order.
    Script answerAsFork(String tag, String sdp) {
        return send(
                new StringBuilder(
                        "SIP/2.0 200 OK\nVia:[$via]\n[last_From:]\nTo: <sip:fork@[local_ip]>;tag="
                                + tag
                                + "\n[last_Call-ID:]\nCSeq:[$cseq]\n"
                                + CONTACT
                                + "\n"),
                sdp);
    }

    /// Answers the INVITE once more, as if the ACK were lost.
    Script answerAgain(String sdp) {
        return answerAsFork("phone[call_number]", sdp);
    }

    /// Answers a request inside the dialog, whose To has its tag.
    Script agree() {
        return send(
                new StringBuilder(
                        "SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n"),
                "");
    }

    /// Sends a request inside the dialog.
    Script ask(String method, int cseq, String sdp, String... headers) {
        StringBuilder text = new StringBuilder(method + " [$target] SIP/2.0\n");
        text.append("Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n");
        text.append("Max-Forwards: 70\n");
        text.append("From: <sip:+15550100001@[local_ip]:[local_port]>;tag=phone[call_number]\n");
        text.append("To:[$caller]\n[last_Call-ID:]\nCSeq: ").append(cseq).append(' ');
        text.append(method).append('\n').append(CONTACT).append('\n');
        for (String header : headers) {
            text.append(header).append('\n');
        }
        return send(text, sdp);
    }

    private Script send(StringBuilder head, String sdp) {
        if (!sdp.isEmpty()) {
            head.append("Content-Type: application/sdp\n");
        }
        head.append(sdp.isEmpty() ? "Content-Length: 0\n\n" : "Content-Length: [len]\n\n" + sdp);
        steps.append("<send><![CDATA[\n\n").append(head).append("\n]]></send>\n");
        return this;
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String xml() {
        if (!answers) {
            throw new IllegalStateException("a script begins with a call");
        }
        return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"script\">\n"
                + steps
                + "</scenario>\n";
    }
}
