/// What media workers tell each other about the SIP phones of users.
@NullMarked
package io.strowger.contracts.sip;

import org.jspecify.annotations.NullMarked;
