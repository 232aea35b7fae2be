/* A date or time field of the admin keeps what was typed, so that the server can refuse it.
   The picker would put the present moment in the place of what it cannot read. */
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

/* With that, the picker no longer closes by itself when the field is left. */
document.addEventListener('focusout', (event) => {
  const picker = event.target.matches('input') && window.jQuery(event.target).data('xdsoft_datetimepicker');
  if (picker) picker.trigger('close.xdsoft');
});
