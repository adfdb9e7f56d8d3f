/// What subscribers are told about a call, and the record that is left when it is over.
@NullMarked
package io.strowger.contracts.event;

import org.jspecify.annotations.NullMarked;
