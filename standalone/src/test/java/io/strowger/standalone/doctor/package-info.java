/// Each mistake that the doctor finds, made on purpose.
@NullMarked
package io.strowger.standalone.doctor;

import org.jspecify.annotations.NullMarked;
