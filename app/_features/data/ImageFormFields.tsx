import { useId } from 'react';
import { useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import type { UploadForm } from '@/lib/protocol/ownData';

interface ImageFormFieldsProps {
  form: UploadForm;
  onForm(form: UploadForm): void;
}

/** How images are read: small squares, grey or in colour. */
export function ImageFormFields({ form, onForm }: ImageFormFieldsProps) {
  const t = useText();
  const id = useId();
  return (
    <div className="mt-3 grid grid-cols-2 gap-3 text-sm">
      <div>
        <label htmlFor={`${id}-side`} className="mb-1 block text-xs text-ink-soft">
          {t('Size in pixels')}
        </label>
        <Select
          id={`${id}-side`}
          value={form.side}
          options={[
            { value: '28', label: '28 x 28' },
            { value: '32', label: '32 x 32' },
          ]}
          onChange={(event) => onForm({ ...form, side: event.target.value === '32' ? 32 : 28 })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-colour`} className="mb-1 block text-xs text-ink-soft">
          {t('Colours of images')}
        </label>
        <Select
          id={`${id}-colour`}
          value={form.colour}
          options={[
            { value: 'auto', label: t('As they are') },
            { value: 'grey', label: t('Grey') },
            { value: 'colour', label: t('Colour') },
          ]}
          onChange={(event) => onForm({ ...form, colour: event.target.value as UploadForm['colour'] })}
        />
      </div>
    </div>
  );
}
