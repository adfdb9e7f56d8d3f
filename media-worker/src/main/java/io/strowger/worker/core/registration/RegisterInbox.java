package io.strowger.worker.core.registration;

/// Takes REGISTERs from the network. Called on threads of the SIP stack: must not block.
public interface RegisterInbox {
    /// What is to become of a request.
    enum Admission {
        /// It is to be answered, whoever it is about: a name that nobody has is asked for its
        /// password, too, or else the others could be found out.
        TAKE,
        /// It is one too many: it must look as if nobody were here.
        DROP,
        /// There are no users here: who sent it decides.
        UNKNOWN
    }

    /// Whether this request is to be answered; counts it.
    Admission admission(RegisterRequest request);

    /// Answers an admitted request, now or later.
    ///
    /// @param exchange names its server transaction, for the answer
    /// @return false: whoever sent it knows no password, and has tried one
    boolean take(RegisterRequest request, long exchange);

    /// Whether a phone is registered from here: it may ask what a known peer may.
    ///
    /// @param source host:port
    boolean isPhone(String source);

    /// Whether any phone is registered from this address: others of its house are no scanners
    /// because one has a wrong password.
    boolean isHostOfPhones(String host);
}
