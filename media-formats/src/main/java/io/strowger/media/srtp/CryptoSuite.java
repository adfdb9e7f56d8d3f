package io.strowger.media.srtp;

/// The crypto suites that are known (RFC 4568 6.2). They differ in the tag of RTP packets; that of
/// RTCP is always 80 bits.
public enum CryptoSuite {
    AES_CM_128_HMAC_SHA1_80(10),
    AES_CM_128_HMAC_SHA1_32(4);

    private final int tagBytes;

    CryptoSuite(int tagBytes) {
        this.tagBytes = tagBytes;
    }

    /// Of an RTP packet.
    public int tagBytes() {
        return tagBytes;
    }
}
